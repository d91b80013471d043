Feature: 4 How long data is kept
  Whoever deletes the account closes it at once. The data is kept for six months after that, and then nothing is left.

  @clause-4.1
  Rule: Six months after the deletion the data goes
    Six calendar months by the calendar that the service declares; where the last month has no such day, its last day. It
    is done within the time to purge in that the service declares. Going earlier breaks no promise, and is noted.

    @derived @api @storage @needs-clock
    Scenario Outline: Deleted on <deleted> at <at>, gone after <due>: <reason>
      Given it is <deleted>, <at> by the service's calendar
      And Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      Then Femke's receipt states a purge by <due>, <at> by the service's calendar
      When it becomes <due>, <at> by the service's calendar
      And the purge window passes
      Then none of Femke's personal data is stored
      And Femke's receipt states that the purge is complete
      And Bram's account is unchanged

      Examples:
        | deleted          | at    | due               | reason                                                          |
        | 16 March 2026    | 12:00 | 16 September 2026 | the same day of the month                                       |
        | 31 August 2026   | 12:00 | 28 February 2027  | February is short                                               |
        | 31 August 2027   | 12:00 | 29 February 2028  | February in a leap year                                         |
        | 30 August 2026   | 12:00 | 28 February 2027  | February lacks the 30th too                                     |
        | 29 August 2026   | 00:01 | 28 February 2027  | the 29th too, and a day that began hours ago or later elsewhere |
        | 29 February 2028 | 12:00 | 29 August 2028    | the day that comes every four years                             |
        | 31 March 2026    | 12:00 | 30 September 2026 | a month of 30 days                                              |
        | 30 November 2026 | 12:00 | 30 May 2027       | the last day here, but not there                                |
        | 31 December 2026 | 12:00 | 30 June 2027      | over the end of the year                                        |
        | 25 June 2026     | 12:00 | 25 December 2026  | a holiday, and those after it                                   |
        | 31 August 2026   | 23:59 | 28 February 2027  | the last minute of a day, another day elsewhere                 |
        | 1 September 2026 | 00:01 | 1 March 2027      | the first minute of a day, another day elsewhere                |
        | 28 February 2026 | 23:30 | 28 August 2026    | clocks may go forward in between                                |
        | 30 April 2026    | 00:15 | 30 October 2026   | clocks may go forward, and back again                           |

    @policy @storage @needs-clock
    Scenario: Nothing has to go before its time
      Given it is 31 August 2026, 12:00 by the service's calendar
      And Femke lives in California and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      When it becomes 28 February 2027, 11:59 by the service's calendar
      Then it is noted whether Femke's personal data is stored
      And Bram's personal data is stored

    @derived @storage @needs-clock
    Scenario: Several who deleted on one day are purged in time, and only they
      Given Femke lives in Ireland and has an account
      And Aiko lives in Japan and has an account
      And Grace lives in New York and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      And Aiko has deleted the account giving a reason
      And Grace has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored
      And none of Aiko's personal data is stored
      And none of Grace's personal data is stored

    @derived @storage @needs-clock
    Scenario: Asking for a copy does not start the time anew
      Given Femke lives in Finland and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      When 3 months pass
      And Femke requests a copy of the data
      And 2 months pass
      And 20 days pass
      And Femke requests a copy of the data without proving identity
      And 14 days pass
      And the purge window passes
      Then none of Femke's personal data is stored

    @derived @api @storage @needs-clock
    Scenario: Whoever comes back after the purge is somebody new
      Given Femke lives in France and has an account
      And Femke has consented to e-mail marketing
      And Femke has changed the display name
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then Femke cannot sign in
      And Femke's sessions no longer work
      When Femke signs up again under another display name
      Then Femke has a SHES account
      And Femke's new account shows nothing of the old one

    @clause-4.3 @derived @api @storage @record @needs-clock
    Scenario Outline: Whoever has done all that can be done goes as well, in <residence>
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has used everything the service offers
      And every place of storage shows Femke
      And the ledgers show Femke
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored
      And the ledgers no longer show Femke
      And Femke's receipt states that the purge is complete
      And Bram's account is unchanged
      And Bram's personal data is stored

      Examples:
        | residence       |
        | the Netherlands |
        | California      |
        | Québec          |
        | China           |
        | South Korea     |
        | Brazil          |

    @derived @api @storage @needs-clock
    Scenario: Whoever leaves a second time goes a second time
      Given Femke lives in Denmark and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      And Femke signs up again under another display name
      Then Femke has a SHES account
      When Femke deletes the account giving a reason
      And 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored
      And Femke's receipt states that the purge is complete
      And Bram's account is unchanged

    @policy @api @storage @needs-clock
    Scenario: Data of an account that nobody deleted stays for years
      Given Bram lives in Japan and has an account
      And Femke lives in Japan and has an account
      And Femke has deleted the account giving a reason
      When 6 months pass
      And 6 months pass
      And 24 months pass
      Then Bram's account is unchanged
      And Bram's personal data is stored

    @derived @api @storage @needs-clock @needs-backups
    Scenario: A restore brings nobody back who was purged
      Given the service backs up to object storage
      And Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And a backup has been made
      And Femke has deleted the account giving a reason
      When Femke requests erasure
      And the purge of Femke's data completes
      Then none of Femke's personal data is stored
      And none of Femke's personal data is stored in the backups
      When the backup is restored
      Then none of Femke's personal data is stored
      And Femke cannot sign in
      And Bram's account is unchanged

    @derived @storage @needs-clock @needs-backups
    Scenario: No backup is kept for longer than declared
      Given the service backs up to object storage
      And Femke lives in Japan and has an account
      And a backup has been made
      Then none of Femke's personal data is stored in the backups
      When the retention period of backups passes
      Then no backup of that time is left
      And Femke's personal data is stored

  @clause-4.2
  Rule: Longer only where law asks, and no more than it asks
    A hold names its ground, who asks, what it covers, and when it ends. What it covers stays; all else goes in time. When it
    ends, the purge goes on.

    @policy @api @storage @record @needs-clock @needs-holds
    Scenario Outline: The <scope> of somebody from <residence> must stay for a while, and the rest goes
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And <who> has placed a hold on Femke's <scope> until 1 June 2027
      And every place of storage shows Femke
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored except the held <scope>
      And the hold ledger shows the hold on Femke's <scope>
      And Femke's receipt states a hold until 1 June 2027
      And Femke cannot sign in
      When it becomes 1 June 2027
      And the purge window passes
      Then none of Femke's personal data is stored
      And the hold ledger no longer identifies Femke
      And Femke's receipt states that the purge is complete
      And Bram's account is unchanged

      Examples:
        | residence       | who                     | scope                        |
        | the Netherlands | a court                 | contact data                 |
        | California      | a supervisory authority | consents                     |
        | Québec          | a tax office            | disclosures                  |
        | Japan           | a police authority      | correspondence               |
        | China           | a court                 | contact data and disclosures |
        | Italy           | a police authority      | residence                    |

    @derived @storage @record @needs-clock @needs-holds
    Scenario: A hold that is lifted lets the purge go on, and another hold keeps what is its own
      Given Femke lives in Germany and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      And a court has placed a hold on Femke's contact data until 1 June 2027
      And a court has placed a hold on Femke's consents until 1 August 2027
      And every place of storage shows Femke
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored except the held contact data and consents
      When the hold on Femke's contact data is lifted
      And the purge window passes
      Then none of Femke's personal data is stored except the held consents
      And the hold ledger shows when the hold on Femke's contact data was lifted
      And the hold ledger shows the hold on Femke's consents
      When the hold on Femke's consents is lifted
      And the purge window passes
      Then none of Femke's personal data is stored
      And the hold ledger no longer identifies Femke
      And Bram's personal data is stored

    @derived @storage @needs-clock @needs-holds
    Scenario: A hold on one keeps nothing of another, and one that ends early changes nothing
      Given Femke lives in Belgium and has an account
      And Aiko lives in Japan and has an account
      And Bram is Femke's twin and has an account
      And a court has placed a hold on Femke's contact data until 1 June 2027
      And a court has placed a hold on Aiko's contact data until 1 May 2026
      And every place of storage shows Aiko
      And Femke has deleted the account giving a reason
      And Aiko has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Aiko's personal data is stored
      And none of Femke's personal data is stored except the held contact data
      And Bram's personal data is stored

    @derived @storage @record @needs-clock @needs-holds
    Scenario: A hold of the last day still counts, and one that was lifted that day no more
      Given Femke lives in Sweden and has an account
      And Aiko lives in Japan and has an account
      And Bram is Femke's twin and has an account
      And a court has placed a hold on Aiko's contact data until 1 June 2027
      And every place of storage shows Aiko
      And Femke has deleted the account giving a reason
      And Aiko has deleted the account giving a reason
      When it becomes 15 September 2026, 12:00 in Europe/Stockholm
      And a court places a hold on Femke's contact data until 1 June 2027
      And the hold on Aiko's contact data is lifted
      And 2 days pass
      And the purge window passes
      Then none of Aiko's personal data is stored
      And none of Femke's personal data is stored except the held contact data
      And the hold ledger shows the hold on Femke's contact data
      And Bram's personal data is stored

    @derived @storage @record @api @needs-clock @needs-holds
    Scenario: An erasure under a hold takes all but what is held
      Given Femke lives in Ireland and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And a court has placed a hold on Femke's disclosures until 1 June 2027
      And Femke has deleted the account giving a reason
      When Femke requests erasure
      Then Femke's request is granted
      When the purge window passes
      Then none of Femke's personal data is stored except the held disclosures
      And the hold ledger shows the hold on Femke's disclosures
      And Bram's personal data is stored

    @derived @storage @record @needs-clock @needs-holds
    Scenario: Of two holds on the same data the longer one keeps it
      Given Femke lives in Austria and has an account
      And Bram is Femke's twin and has an account
      And a court has placed a hold on Femke's contact data until 1 June 2027
      And a tax office has placed a hold on Femke's contact data until 1 August 2027
      And every place of storage shows Femke
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      And the hold on Femke's contact data is lifted
      And the purge window passes
      Then none of Femke's personal data is stored except the held contact data
      And the hold ledger shows when the hold on Femke's contact data was lifted
      And the hold ledger shows the hold on Femke's contact data
      When it becomes 1 August 2027
      And the purge window passes
      Then none of Femke's personal data is stored
      And the hold ledger no longer identifies Femke
      And Bram's personal data is stored

    @derived @storage @record @needs-clock @needs-holds
    Scenario: A hold on consents keeps no date of birth, and one that was lifted long before keeps nothing
      Given Aiko lives in Japan and has an account
      And Femke, born on 7 February 1984, lives in the Netherlands
      And Femke's date of birth is unique
      And Femke has signed up
      And a database shows Femke's date of birth
      And Femke has consented to e-mail marketing
      And a court has placed a hold on Femke's contact data until 1 June 2027
      And the hold on Femke's contact data has been lifted
      And a supervisory authority has placed a hold on Femke's consents until 1 June 2027
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored except the held consents
      And the hold ledger shows when the hold on Femke's contact data was lifted
      And Aiko's personal data is stored

    @derived @storage @record @needs-clock @needs-holds
    Scenario: A hold on the date of birth keeps just that
      Given Aiko lives in Japan and has an account
      And Femke, born on 7 February 1984, lives in Brazil
      And Femke's date of birth is unique
      And Femke has signed up
      And a database shows Femke's date of birth
      And a tax office has placed a hold on Femke's date of birth until 1 June 2027
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored except the held date of birth
      And the hold ledger shows the hold on Femke's date of birth
      When the hold on Femke's date of birth is lifted
      And the purge window passes
      Then none of Femke's personal data is stored

    @derived @storage @record @needs-clock @needs-holds @needs-backups
    Scenario: A restore brings no hold back that was lifted
      Given the service backs up to object storage
      And Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And a court has placed a hold on Femke's contact data until 1 June 2027
      And a backup has been made
      And the hold on Femke's contact data has been lifted
      When the backup is restored
      Then the hold ledger shows when the hold on Femke's contact data was lifted
      When Femke signs in
      And Femke deletes the account giving a reason
      And 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored

    @derived @api @needs-holds
    Scenario: Without ground, reference, authority, scope and end there is no hold
      Given Femke lives in New York and has an account
      Then an incomplete hold on Femke's data is refused

    @derived @api @storage @needs-clock @needs-holds
    Scenario: Whoever comes back while something is held is somebody new
      Given Femke lives in France and has an account
      And a court has placed a hold on Femke's consents until 1 June 2027
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored except the held consents
      When Femke signs up again under another display name
      Then Femke has a SHES account
      And Femke's new account shows nothing of the old one

  @clause-4.3
  Rule: What is no longer needed is destroyed down to the bytes
    After the purge no place shows anything by which the person could be known: no row, no free text, no log, no queue, no
    ledger, no journal and no free page of a database file; neither as it was typed, nor encoded, nor as a plain hash. A
    place counts as clean only if it showed the person before.

    @derived @storage @outbound @needs-clock
    Scenario Outline: Nothing leads to somebody from <residence> any more: <reason>
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Femke's company is unreachable
      And Femke has changed the display name
      And every place of storage shows Femke
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored
      And Bram's account is unchanged
      And Bram's personal data is stored

      Examples:
        | residence                | reason                                    |
        | the Netherlands          | a name with an accent                     |
        | Bulgaria                 | Cyrillic letters                          |
        | Japan                    | Kanji, the family name first              |
        | South Korea              | syllables that can be written in two ways |
        | the United Arab Emirates | letters from right to left                |
        | New York                 | shared with advertising vendors too       |

    @derived @storage @needs-clock
    Scenario Outline: Nothing leads to somebody with <address> any more
      Given Femke, who uses <address>, lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And every place of storage shows Femke
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored
      And Bram's account is unchanged
      And Bram's personal data is stored

      Examples:
        | address                               |
        | a plus-address                        |
        | an address in a domain with an umlaut |

    @derived @storage @api @needs-clock
    Scenario: Old values go with the new ones
      Given Femke lives in Germany and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Femke has changed the display name
      And Femke has moved to Canada
      And Femke has changed the display name
      And Femke has withdrawn consent to e-mail marketing
      And every place of storage shows Femke
      When Femke requests a copy of the data
      Then Femke's request is granted
      When Femke deletes the account giving a reason
      And 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored
      And Bram's account is unchanged
      And Bram's personal data is stored

    @derived @record @outbound @needs-clock
    Scenario: The ledgers keep no entry that leads to the person
      Given Femke lives in Greece and has an account
      And Femke has consented to e-mail marketing
      And the ledgers show Femke
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then the ledgers no longer show Femke

    @derived @storage @needs-clock
    Scenario: Several are purged, and only they
      Given Femke lives in Spain and has an account
      And Aiko lives in Japan and has an account
      And Bram is Femke's twin and has an account
      And every place of storage shows Femke
      And every place of storage shows Aiko
      And Femke has deleted the account giving a reason
      And Aiko has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored
      And none of Aiko's personal data is stored
      And Bram's personal data is stored

    @derived @storage @needs-clock
    Scenario: Not even the day of birth stays
      Given Aiko lives in Japan and has an account
      And Femke, born on 7 February 1984, lives in the Netherlands
      And Femke's date of birth is unique
      And Femke has signed up
      And a database shows Femke's date of birth
      And Femke has consented to e-mail marketing
      And every place of storage shows Femke
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored
      And Aiko's account is unchanged
      And Aiko's personal data is stored

    @derived @storage @needs-clock
    Scenario: An erasure leaves as little, before anything has had the time to expire
      Given Femke lives in Norway and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Femke has changed the display name
      And every place of storage shows Femke
      And Femke has deleted the account giving a reason
      When Femke requests erasure
      And the purge window passes
      Then none of Femke's personal data is stored
      And Bram's account is unchanged
      And Bram's personal data is stored

  @clause-4.4
  Rule: In California each account has its own end
    A consumer may have several accounts. Each is kept for as long as it is open, and goes about six months after its own
    deletion, whatever becomes of the others.

    @policy @api @storage @needs-clock
    Scenario Outline: One account goes and the other stays: <reason>
      Given Femke lives in California and has an account
      And Femke has consented to e-mail marketing
      And Femke's assigned identifiers are known
      And Fenna is Femke's second account under <address>
      And Fenna has consented to e-mail marketing
      And Femke has deleted the account giving a reason
      Then Femke cannot sign in
      And Fenna's account is unchanged
      And Fenna's consent to e-mail marketing is in force
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored
      And Femke's receipt states that the purge is complete
      And Fenna's account is unchanged
      And Fenna's personal data is stored

      Examples:
        | address         | reason                                            |
        | another address | nothing but the address tells the two apart       |
        | a plus-address  | the address is the same but for a plus and a word |

    @policy @api @storage @needs-clock
    Scenario: Each account goes six months after its own deletion
      Given it is 10 January 2027, 12:00 by the service's calendar
      And Femke lives in California and has an account
      And Fenna is Femke's second account under another address
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      When it becomes 10 April 2027, 12:00 by the service's calendar
      And Fenna signs in
      And Fenna deletes the account
      Then Femke's receipt states a purge by 10 July 2027, 12:00 by the service's calendar
      And Fenna's receipt states a purge by 10 October 2027, 12:00 by the service's calendar
      When it becomes 10 July 2027, 12:00 by the service's calendar
      And the purge window passes
      Then none of Femke's personal data is stored
      When it becomes 10 October 2027, 12:00 by the service's calendar
      And the purge window passes
      Then none of Fenna's personal data is stored
      And none of Femke's personal data is stored
      And Bram's account is unchanged

    @derived @api @storage @needs-clock
    Scenario: A new account at the same address does not keep the old one
      Given Femke lives in California and has an account
      And Bram is Femke's twin and has an account
      And Nora is Femke's twin
      And Femke has consented to e-mail marketing
      And Femke has changed the display name
      And Femke's assigned identifiers are known
      And Femke has deleted the account giving a reason
      When 1 month passes
      And Nora registers
      And Femke signs up again under another display name
      Then Femke's new account shows nothing of the old one
      When 5 months pass
      And the purge window passes
      Then none of Femke's former account data is stored
      And Femke's new account shows nothing of the old one
      And Bram's account is unchanged

    @derived @api @storage @needs-clock
    Scenario: Of three accounts two go, each in its time, and the third stays
      Given Femke lives in California and has an account
      And Fenna is Femke's second account under another address
      And Fleur is Femke's second account under a plus-address
      And Fleur has consented to e-mail marketing
      And Femke has moved to New York
      And Femke has deleted the account giving a reason
      Then Fenna's sessions work
      And Fleur's sessions work
      When 1 month passes
      And Fenna signs in
      And Fenna deletes the account giving a reason
      And 5 months pass
      And the purge window passes
      Then none of Femke's personal data is stored
      When 1 month passes
      And the purge window passes
      Then none of Fenna's personal data is stored
      And Fleur's account is unchanged
      And Fleur's consent to e-mail marketing is in force
      And Fleur's personal data is stored

    @derived @api @storage @mail @needs-clock
    Scenario: An erasure of one account leaves the other
      Given Femke lives in California and has an account
      And Fenna is Femke's second account under another address
      And Fenna has consented to e-mail marketing
      And Femke has deleted the account giving a reason
      When Femke requests erasure
      Then Femke's request is granted
      When the purge window passes
      Then Fenna's account is unchanged
      And Fenna's consent to e-mail marketing is in force
      And Fenna's personal data is stored
      And none of Femke's personal data is stored

    @derived @api @storage @needs-clock
    Scenario: A second deletion at the same address does not put off the first
      Given Femke lives in California and has an account
      And Bram is Femke's twin and has an account
      And Nora is Femke's twin
      And Femke has consented to e-mail marketing
      And Femke's assigned identifiers are known
      And Femke has deleted the account giving a reason
      When 1 month passes
      And Nora registers
      And Femke signs up again under another display name
      And 2 months pass
      And Femke deletes the account if there is one
      And 3 months pass
      And the purge window passes
      Then none of Femke's former account data is stored
      And Bram's account is unchanged

    @policy @api @storage @needs-clock
    Scenario: Years go by, and the account that stayed is still there
      Given Femke lives in California and has an account
      And Fenna is Femke's second account under another address
      And Femke has deleted the account giving a reason
      When 24 months pass
      Then Fenna's account is unchanged
      And Fenna's personal data is stored
      And none of Femke's personal data is stored

  @clause-4.5
  Rule: A deleted account is closed at once
    From the deletion on nobody can sign in to it, no session of it works, nothing about the person is shared and nobody
    mails the person. Whoever was given the data is told to stop using it. The data that is still kept is still the
    person's: they can have a copy of it, or have it erased at once.

    @derived @api
    Scenario: No sign-in, and every session is dead
      Given Femke lives in the Netherlands and has an account
      And Femke has signed in on another device
      And Femke has signed in on another device
      And Femke's sessions work
      And Bram is Femke's twin and has an account
      When Femke deletes the account
      Then Femke cannot sign in with any spelling of the address
      And Femke's sessions no longer work
      And Bram's account is unchanged

    @derived @api @needs-clock
    Scenario: It stays closed in the months that follow
      Given Femke lives in Brazil and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      When 1 day passes
      Then Femke cannot sign in
      And Femke's sessions no longer work
      When 3 months pass
      Then Femke cannot sign in
      And Femke's sessions no longer work
      When 2 months pass
      And 25 days pass
      Then Femke cannot sign in with any spelling of the address
      And Bram's account is unchanged

    @derived @outbound @api @needs-clock
    Scenario: Whoever had the data for anything is told to stop, also months after the last share
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has created a My Sony ID
      And Femke has consented to profiling in the television app
      And Femke receives personalised marketing
      And Femke has consented to e-mail marketing
      When 4 months pass
      And Femke signs in
      And Femke deletes the account
      And Bram signs in
      And Bram consents to e-mail marketing
      Then every recipient is told to stop using Femke's data
      And nobody receives Femke's data

    @derived @outbound @api
    Scenario Outline: Whoever had the data is told to stop, in <residence>
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      When Femke deletes the account
      And Bram consents to e-mail marketing
      Then Femke's company is told to stop using Femke's data
      And Femke's company no longer holds Femke's data
      And Femke's company receives Bram's data for e-mail marketing
      And Femke's company is not told to stop using Bram's data
      And nobody receives Femke's data
      And every recipient is told to stop using Femke's data

      Examples:
        | residence       |
        | the Netherlands |
        | California      |
        | Québec          |
        | China           |
        | Japan           |

    @derived @api @outbound @storage @needs-clock
    Scenario Outline: Femke deletes the account and <deed> at the same moment
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      When Femke deletes the account and <deed> at the same moment
      Then Femke cannot sign in
      And Femke's sessions no longer work
      And Femke's company no longer holds Femke's data
      And every recipient is told to stop using Femke's data
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored

      Examples:
        | deed                        |
        | changes the display name    |
        | consents once more          |
        | withdraws the consent       |
        | asks for a copy of the data |

    @derived @outbound @needs-clock
    Scenario: What was on its way does not arrive after the deletion
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke's company is unreachable
      And Femke has consented to e-mail marketing
      When Femke deletes the account
      And Femke's company recovers
      And Bram consents to e-mail marketing
      And 2 hours pass
      And 1 day passes
      Then nobody receives Femke's data
      And Femke's company receives Bram's data for e-mail marketing

    @derived @outbound @needs-clock
    Scenario: A company that was down is told when it is back
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Femke's company is unreachable
      When Femke deletes the account
      And Bram consents to e-mail marketing
      And 1 day passes
      And Femke's company recovers
      And 2 hours pass
      Then Femke's company is told to stop using Femke's data
      And Femke's company no longer holds Femke's data
      And nobody receives Femke's data

    @derived @mail @outbound @needs-clock
    Scenario: Nobody mails the person in the months that follow
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      When Femke deletes the account
      Then the mails to Femke contain no promotion
      When 1 day passes
      And 1 month passes
      And Femke's company sends its marketing mail
      And 4 months pass
      And Bram signs in
      And Bram changes the display name
      And Femke's company sends its marketing mail
      And 20 days pass
      Then Femke receives no mail
      And nobody receives Femke's data

    @derived @api @mail @needs-clock
    Scenario: A copy can still be had months later
      Given Femke lives in Austria and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      When 4 months pass
      And Femke requests a copy of the data
      And Bram requests a copy of the data
      Then Femke's request is granted
      And Bram's request is granted
      And Femke cannot sign in

    @derived @api @mail
    Scenario: A copy of the data can still be had
      Given Femke lives in Italy and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      When Femke requests a copy of the data
      And Bram requests a copy of the data
      Then Femke's request is granted
      And Bram's request is granted
      And Femke cannot sign in
      And Femke's sessions no longer work

    @derived @api @storage @mail @needs-clock
    Scenario: Erasure can still be had, and does not wait for the six months
      Given Femke lives in Sweden and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And every place of storage shows Femke
      And Femke has deleted the account giving a reason
      When Femke requests erasure
      And Bram requests a copy of the data
      Then Femke's request is granted
      When the purge window passes
      Then none of Femke's personal data is stored
      And Femke's receipt states that the purge is complete
      And Bram's account is unchanged
      And Bram's personal data is stored

    @derived @api @outbound @needs-clock @needs-backups
    Scenario: A restore opens no account that was deleted
      Given the service backs up to object storage
      And Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And a backup has been made
      When Femke deletes the account
      And Bram withdraws consent to e-mail marketing
      And the backup is restored
      Then Femke cannot sign in
      And Femke's sessions no longer work
      And Bram's consent to e-mail marketing is not in force
      And Femke's company no longer holds Femke's data
      And every recipient is told to stop using Femke's data

    @derived @api @outbound @mail @needs-clock @needs-backups
    Scenario: A restore sends nothing anew, and what ended by a link stays ended
      Given the service backs up to object storage
      And Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Carla is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And a backup has been made
      And Femke's company has sent its marketing mail
      And Bram has unsubscribed by the link in the mail
      When the backup is restored
      And Femke signs in
      And Bram signs in
      And Carla signs in
      And Carla consents to e-mail marketing
      Then Bram's consent to e-mail marketing is not in force
      And nobody receives Femke's data
      And nobody receives Bram's data
      And Femke's consent to e-mail marketing is in force

    @derived @outbound @needs-clock @needs-backups
    Scenario: What was on its way when the backup was made is not sent a second time
      Given the service backs up to object storage
      And Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke's company is unreachable
      And Femke has consented to e-mail marketing
      And a backup has been made
      When Femke's company recovers
      And 2 hours pass
      Then Femke's company receives Femke's data for e-mail marketing
      When the backup is restored
      And Bram signs in
      And Bram consents to e-mail marketing
      And 2 hours pass
      Then nobody receives Femke's data
      And Femke's company receives Bram's data for e-mail marketing

  @clause-4.6
  Rule: What a living account needs no more goes too
    Codes, tokens, sign-ups that nobody went on with, requests that were answered, links, what mails and deliveries said, and
    logs are needed for a time only, and the service declares it for each. After it nothing of them is left.

    @derived @record @storage
    Scenario: The service declares how long
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke's assigned identifiers are known
      And Femke has requested a copy of the data without proving identity
      And Bram is Femke's twin
      And Bram has registered
      And Bram's assigned identifiers are known
      Then the service declares a retention period for everything it keeps temporarily

    @policy @storage @record @needs-clock
    Scenario Outline: The <kind> of somebody from <residence> go in time
      Given Femke lives in <residence> and has an account
      And Femke has requested a copy of the data
      And Femke's request is granted
      When the retention period of <kind> passes
      Then none of Femke's <kind> is stored
      And the disposal ledger records the disposal of <kind>
      And the disposal ledger identifies nobody
      And Femke's personal data is stored

      Examples:
        | kind               | residence     |
        | verification codes | Poland        |
        | access tokens      | California    |
        | privacy requests   | Denmark       |

    @policy @storage @needs-clock
    Scenario: Whoever signs in again does not keep the tokens from before
      Given Femke lives in Ireland and has an account
      And Femke has signed in on another device
      When half the retention period of access tokens passes
      And Femke signs in
      And half the retention period of access tokens passes
      Then none of Femke's older access tokens is stored
      And Femke's personal data is stored

    @policy @storage @record @needs-clock
    Scenario Outline: Codes that were never used go as well: <right>
      Given Femke lives in Portugal and has an account
      And Femke has requested <right> without proving identity
      When the retention period of verification codes passes
      Then none of Femke's verification codes is stored
      When the retention period of privacy requests passes
      Then none of Femke's privacy requests is stored
      And the disposal ledger records the disposal of privacy requests

      Examples:
        | right              |
        | a copy of the data |
        | erasure            |

    @policy @storage @record @needs-clock
    Scenario Outline: A sign-up that nobody in <residence> went on with goes
      Given Femke lives in <residence>
      And Femke has registered
      And Femke's assigned identifiers are known
      And every place of storage shows Femke
      And Aiko is Femke's twin
      And Aiko has registered
      And Bram is Femke's twin and has an account
      When the retention period of abandoned sign-ups passes
      Then none of Femke's personal data is stored
      And the disposal ledger records the disposal of abandoned sign-ups
      And the disposal ledger records the disposal of at least 2 abandoned sign-ups
      And the disposal ledger identifies nobody

      Examples:
        | residence  |
        | Austria    |
        | California |
        | Japan      |
        | China      |
        | Brazil     |

    @policy @storage @record @outbound @needs-clock
    Scenario Outline: The link to unsubscribe goes some time after its consent, which <ended>
      Given Femke lives in Sweden and has an account
      And Femke has consented to e-mail marketing
      And Femke's assigned identifiers are known
      And <how>
      When the retention period of unsubscribe links passes
      Then none of Femke's unsubscribe links is stored
      And the disposal ledger records the disposal of unsubscribe links

      Examples:
        | ended                 | how                                             |
        | was withdrawn         | Femke has withdrawn consent to e-mail marketing |
        | ended by an objection | Femke has requested an end to direct marketing  |

    @policy @storage @record @outbound @needs-clock
    Scenario: A link that was used goes too
      Given Femke lives in Norway and has an account
      And Femke has consented to e-mail marketing
      And Femke's assigned identifiers are known
      When Femke's company sends its marketing mail
      And Femke unsubscribes by the link in the mail
      And the retention period of unsubscribe links passes
      Then none of Femke's unsubscribe links is stored

    @policy @storage @outbound @needs-clock
    Scenario: What mails and deliveries said goes, whatever they were for and whatever became of them
      Given Femke lives in the Netherlands and has an account
      And Femke has created a My Sony ID
      And Femke has consented to profiling in the television app
      And Femke receives personalised marketing
      And Femke's company is unreachable
      And Femke has consented to e-mail marketing
      And every place of storage shows Femke
      And Femke has withdrawn consent to e-mail marketing
      And Femke has requested a copy of the data without proving identity
      When Femke's company recovers
      And 1 day passes
      And the retention period of message contents passes
      Then none of Femke's personal data is stored in an outbox
      And Femke's personal data is stored

    @policy @storage @record @outbound @needs-clock
    Scenario: What deliveries said is not kept for ever
      Given Femke lives in Japan and has an account
      And Femke has consented to e-mail marketing
      And Femke has changed the display name
      When the retention period of message contents passes
      Then none of Femke's former names is stored
      And the disposal ledger records the disposal of message contents
      And Femke's personal data is stored

    @policy @storage @record @needs-clock @needs-identity-providers
    Scenario Outline: A sign-in through <provider> that nobody ended goes
      Given Femke lives in Norway and has an account
      And Femke has started to sign in through <provider>
      When the retention period of provider sign-ins passes
      Then none of Femke's provider sign-ins is stored
      And the disposal ledger records the disposal of provider sign-ins
      And the disposal ledger identifies nobody
      And Femke's personal data is stored

      Examples:
        | provider |
        | Google   |
        | Apple    |

    @policy @storage @record @needs-clock
    Scenario: The log forgets
      Given Femke lives in Spain and has an account
      And Femke has changed the display name
      When the retention period of log entries passes
      Then none of Femke's personal data is stored in a log
      And the disposal ledger records the disposal of log entries

    @derived @record @storage @mail @outbound @needs-clock
    Scenario: What is still needed stays
      Given Femke lives in Hungary and has an account
      And Femke has consented to e-mail marketing
      When 12 months pass
      And Femke's company sends its marketing mail
      And Femke unsubscribes by the link in the mail
      Then the unsubscription takes effect at once
      And Femke's personal data is stored
      And the disposal ledger records no disposal of unsubscribe links
