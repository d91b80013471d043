Feature: 4 Retention
  Deleting an account closes it at once. Its data is kept for six months after deletion and then purged.

  @clause-4.1
  Rule: Personal data is purged six months after deletion
    The retention period is six calendar months by the calendar that the service declares; if the last month has no such
    day, the period ends on the last day of that month. The purge is completed within the declared purge window. An
    earlier purge violates no clause and is noted.

    @derived @api @storage @needs-clock
    Scenario Outline: The retention period ends after six calendar months, to the day: <reason>
      Given it is <deletion day>, <time> by the service's calendar
      And Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      Then Femke's receipt states a purge by <end day>, <time> by the service's calendar
      When it becomes <end day>, <time> by the service's calendar
      And the purge window passes
      Then none of Femke's personal data is stored
      And Femke's receipt states that the purge is complete
      And Bram's account is unchanged

      Examples:
        | deletion day     | time  | end day           | reason                                     |
        | 16 March 2026    | 12:00 | 16 September 2026 | 16 March, the usual case                   |
        | 31 August 2026   | 12:00 | 28 February 2027  | 31 August, before a February of 28 days    |
        | 31 August 2027   | 12:00 | 29 February 2028  | 31 August, before a February of 29 days    |
        | 30 August 2026   | 12:00 | 28 February 2027  | 30 August, a day that February lacks       |
        | 29 August 2026   | 00:01 | 28 February 2027  | 29 August, just after midnight             |
        | 29 February 2028 | 12:00 | 29 August 2028    | 29 February, a leap day                    |
        | 31 March 2026    | 12:00 | 30 September 2026 | 31 March, before a September of 30 days    |
        | 30 November 2026 | 12:00 | 30 May 2027       | 30 November, not the last day of May       |
        | 31 December 2026 | 12:00 | 30 June 2027      | 31 December, across the turn of the year   |
        | 25 June 2026     | 12:00 | 25 December 2026  | 25 June, ending on a public holiday        |
        | 31 August 2026   | 23:59 | 28 February 2027  | 31 August, last minute of the day          |
        | 1 September 2026 | 00:01 | 1 March 2027      | 1 September, first minute of the day       |
        | 28 February 2026 | 23:30 | 28 August 2026    | 28 February, with one change of the clocks |
        | 30 April 2026    | 00:15 | 30 October 2026   | 30 April, with two changes of the clocks   |

    @policy @storage @needs-clock
    Scenario: No purge is required before the retention period ends
      Given it is 31 August 2026, 12:00 by the service's calendar
      And Femke lives in California and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      When it becomes 28 February 2027, 11:59 by the service's calendar
      Then it is noted whether Femke's personal data is stored
      And Bram's personal data is stored

    @derived @storage @needs-clock
    Scenario: Accounts deleted on the same day are all purged in time, and no others
      Given Femke lives in Ireland and has an account
      And Aiko lives in Japan and has an account
      And Grace lives in New York and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      And 50 others in Ireland have deleted their accounts
      And Aiko has deleted the account giving a reason
      And 50 others in Japan have deleted their accounts
      And Grace has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored
      And none of Aiko's personal data is stored
      And none of Grace's personal data is stored
      And none of the others' personal data is stored
      And Bram's personal data is stored

    @derived @api @storage @needs-clock
    Scenario Outline: Events before the purge do not postpone it: in <residence>, <early event>, and on the last day <late event>
      Given it is 16 March 2026, 12:00 by the service's calendar
      And Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Greta lives in <residence>
      And Femke has consented to e-mail marketing
      And Femke has deleted the account giving a reason
      When it becomes 20 April 2026, 12:00 by the service's calendar
      And <early event>
      And it becomes 16 September 2026, 09:00 by the service's calendar
      And <late event>
      Then Femke's receipt states a purge by 16 September 2026, 12:00 by the service's calendar
      When it becomes 16 September 2026, 12:00 by the service's calendar
      And the purge window passes
      Then none of Femke's personal data is stored
      And Femke's receipt states that the purge is complete
      And Bram's account is unchanged

      Examples:
        | residence | early event                                                    | late event                                                     |
        | Finland   | Femke requests a copy of the data                              | Femke requests a copy of the data without proving identity     |
        | Brazil    | Femke requests a copy of the data without proving identity     | Femke signs in on another device                               |
        | Japan     | Femke signs in                                                 | Femke submits an enquiry                                       |
        | Poland    | Femke submits an enquiry                                       | Femke requests a copy of the data                              |

      @needs-staff-access @needs-guardian-reports
      Examples: Staff and guardians
        | residence  | early event                                                         | late event                                                          |
        | California | a support agent in Japan views Femke's account: to answer a request | Greta reports Femke as a child by the form                          |
        | Québec     | Greta reports Femke as a child by the form                          | a support agent in India views Femke's account: to answer a request |

      @needs-mail-intake
      Examples: Mails of the person
        | residence | early event                                           | late event                                      |
        | China     | Femke writes to the support desk about the account    | Femke requests an end to direct marketing       |
        | Greece    | Femke requests an end to direct marketing by mail     | Femke writes to the support desk about the account |

      @needs-holds
      Examples: Holds that end before the purge
        | residence | early event                                                            | late event                                       |
        | Italy     | a court places a hold on Femke's contact data until 1 June 2027        | the hold on Femke's contact data is lifted       |
        | New York  | a tax office places a hold on Femke's correspondence until 1 August 2026 | Femke signs in                                 |

    @derived @api @storage @needs-clock @needs-backups
    Scenario Outline: A restore on <day of the restore> leaves every purge due on its day
      Given it is 16 March 2026, 12:00 by the service's calendar
      And the service backs up to object storage
      And Femke lives in Norway and has an account
      And Aiko lives in Japan and has an account
      And Bram is Femke's twin and has an account
      And Femke has deleted the account giving a reason
      And it is <day of the backup>, 12:00 by the service's calendar
      And a backup has been made
      And Aiko has signed in
      And Aiko has deleted the account giving a reason
      When it becomes <day of the restore>, 09:00 by the service's calendar
      And the backup is restored
      Then Femke's receipt states a purge by 16 September 2026, 12:00 by the service's calendar
      And Aiko's receipt states a purge by <end day>, 12:00 by the service's calendar
      When it becomes 16 September 2026, 12:00 by the service's calendar
      And the purge window passes
      Then none of Femke's personal data is stored
      When it becomes <end day>, 12:00 by the service's calendar
      And the purge window passes
      Then none of Aiko's personal data is stored
      And Bram's account is unchanged

      Examples:
        | day of the backup | day of the restore | end day           |
        | 20 April 2026     | 10 May 2026        | 20 October 2026   |
        | 10 September 2026 | 16 September 2026  | 10 March 2027     |

    @derived @api @storage @needs-clock
    Scenario Outline: Signing up again <time> creates an account that outlives the purge of the former one
      Given it is 16 March 2026, 12:00 by the service's calendar
      And Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Nora is Femke's twin
      And Femke has consented to profiling
      And Femke has changed the display name
      And Femke's assigned identifiers are known
      And Femke has deleted the account giving a reason
      When it becomes <moment> by the service's calendar
      And Nora registers
      And Femke signs up again under another display name, with consent to e-mail marketing
      Then Femke's new account shows nothing of the old one
      When it becomes 16 September 2026, 12:00 by the service's calendar
      And the purge window passes
      Then none of Femke's former account data is stored
      And Femke's new account shows nothing of the old one
      And Bram's account is unchanged

      Examples:
        | residence   | time            | moment                   |
        | Ireland     | at once         | 16 March 2026, 12:01     |
        | South Korea | on the last day | 16 September 2026, 09:00 |

    @derived @api @storage @needs-clock
    Scenario: Signing up again after the purge creates an account without earlier data
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
    Scenario Outline: In <residence>, the purge covers data from every part of the service
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
        | China           |

    @derived @api @storage @needs-clock
    Scenario: A second account at the same address is purged after its own deletion
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
    Scenario: The data of an account that is not deleted is kept for years
      Given Bram lives in Japan and has an account
      And Femke lives in Japan and has an account
      And Femke has deleted the account giving a reason
      When 6 months pass
      And 6 months pass
      And 24 months pass
      Then Bram's account is unchanged
      And Bram's personal data is stored

    @derived @api @storage @needs-clock @needs-backups
    Scenario: Restoring a backup does not bring back purged data
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
    Scenario: No backup is kept beyond its declared retention period
      Given the service backs up to object storage
      And Femke lives in Japan and has an account
      And a backup has been made
      Then none of Femke's personal data is stored in the backups
      When the retention period of backups passes
      Then no backup of that time remains
      And Femke's personal data is stored

  @clause-4.2
  Rule: Data is kept longer only under a legal hold and only within its scope
    A legal hold states its ground, the authority, its scope and its end. Data within the scope is kept; all other data
    is purged in time. When the hold ends, the purge continues.

    @policy @api @storage @record @needs-clock @needs-holds
    Scenario Outline: In <residence>, a hold by <authority> keeps only the <scope> until it ends
      Given it is 16 March 2026, 10:17:23 in UTC
      And Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And <authority> has placed a hold on Femke's <scope> until 1 June 2027
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
        | residence       | authority               | scope                        |
        | the Netherlands | a court                 | contact data                 |
        | California      | a supervisory authority | consents                     |
        | Québec          | a tax office            | disclosures                  |
        | Japan           | a police authority      | correspondence               |
        | China           | a court                 | contact data and disclosures |
        | Italy           | a police authority      | residence                    |

    @derived @storage @record @needs-clock @needs-holds
    Scenario: Lifting one hold resumes the purge, while another hold still keeps its scope
      Given it is 16 March 2026, 10:17:23 in UTC
      And Femke lives in Germany and has an account
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
    Scenario: A hold keeps no other person's data, and an expired hold keeps nothing
      Given it is 16 March 2026, 10:17:23 in UTC
      And Femke lives in Belgium and has an account
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
    Scenario: On the last day of the retention period, a new hold counts and a lifted hold does not
      Given it is 16 March 2026, 10:17:23 in UTC
      And Femke lives in Sweden and has an account
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
    Scenario: Erasure under a hold removes all data except the held scope
      Given it is 16 March 2026, 10:17:23 in UTC
      And Femke lives in Ireland and has an account
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

    @derived @storage @record @api @needs-clock @needs-holds
    Scenario Outline: In <residence>, erasure of an open account leaves only the held <scope>, until <the hold ends>
      Given it is 16 March 2026
      And Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And <authority> has placed a hold on Femke's <scope> until 1 June 2027
      And every place of storage shows Femke
      When Femke requests erasure
      Then Femke's request is granted
      When the purge window passes
      Then none of Femke's personal data is stored except the held <scope>
      And the hold ledger shows the hold on Femke's <scope>
      And Femke cannot sign in
      When <the hold ends>
      And the purge window passes
      Then none of Femke's personal data is stored
      And the hold ledger no longer identifies Femke
      And Bram's account is unchanged

      Examples:
        | residence | authority          | scope        | the hold ends                              |
        | Portugal  | a court            | contact data | it becomes 1 June 2027                     |
        | Japan     | a police authority | disclosures  | the hold on Femke's disclosures is lifted  |
        | Nevada    | a tax office       | residence    | it becomes 1 June 2027                     |

    @derived @storage @record @needs-clock @needs-holds
    Scenario: Of two holds on the same data, the longer one determines how long it is kept
      Given it is 16 March 2026, 10:17:23 in UTC
      And Femke lives in Austria and has an account
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
    Scenario: A hold on consents keeps no date of birth, and a hold lifted earlier keeps nothing
      Given it is 16 March 2026, 10:17:23 in UTC
      And Aiko lives in Japan and has an account
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
    Scenario: A hold on the date of birth keeps no other data
      Given it is 16 March 2026, 10:17:23 in UTC
      And Aiko lives in Japan and has an account
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
    Scenario: Restoring a backup does not bring back a lifted hold
      Given it is 16 March 2026, 10:17:23 in UTC
      And the service backs up to object storage
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
    Scenario: A hold without ground, reference, authority, scope or end is refused
      Given Femke lives in New York and has an account
      Then an incomplete hold on Femke's data is refused

    @derived @api @storage @needs-clock @needs-holds
    Scenario: Signing up again during a hold creates an account without earlier data
      Given it is 16 March 2026, 10:17:23 in UTC
      And Femke lives in France and has an account
      And a court has placed a hold on Femke's consents until 1 June 2027
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored except the held consents
      When Femke signs up again under another display name
      Then Femke has a SHES account
      And Femke's new account shows nothing of the old one

  @clause-4.3
  Rule: After the purge, no stored data identifies the person
    After the purge, no place of storage shows a value that identifies the person: no row, free text, log, queue,
    ledger, journal or free page of a database file; neither as entered, nor encoded, nor as a plain hash. A place
    counts as clean only if it showed the person before.

    @derived @storage @outbound @needs-clock
    Scenario Outline: After the purge, no data of a resident of <residence> is left: <reason>
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
        | residence                | reason                               |
        | the Netherlands          | a name with an accent                |
        | Bulgaria                 | Cyrillic letters                     |
        | Japan                    | Kanji, with the family name first    |
        | South Korea              | syllables with two encodings         |
        | the United Arab Emirates | right-to-left letters                |
        | New York                 | data shared with advertising vendors |

    @derived @storage @needs-clock
    Scenario Outline: After the purge, no data of a person with <address> is left
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
    Scenario: Former names and residences are purged together with the current ones
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
    Scenario: After the purge, no ledger identifies the person
      Given Femke lives in Greece and has an account
      And Femke has consented to e-mail marketing
      And the ledgers show Femke
      And Femke has deleted the account giving a reason
      When 6 months pass
      And the purge window passes
      Then the ledgers no longer show Femke

    @derived @storage @needs-clock
    Scenario: Purging two accounts leaves other accounts unchanged
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
    Scenario: After the purge, no date of birth is left
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
    Scenario: Erasure removes all data before any retention period has passed
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

    @derived @storage @api @needs-clock
    Scenario Outline: In <residence>, erasure after signing up again removes the data of both accounts
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Nora is Femke's twin
      And Femke has consented to e-mail marketing
      And Femke has changed the display name
      And Femke's assigned identifiers are known
      And Femke has deleted the account giving a reason
      When 2 months pass
      And Nora registers
      And Femke signs up again under another display name, with consent to e-mail marketing
      And Femke requests erasure
      Then Femke's request is granted
      When the purge window passes
      Then none of Femke's personal data is stored
      And Femke's receipt states that the purge is complete
      And Femke cannot sign in
      And Bram's account is unchanged

      Examples:
        | residence   |
        | the Netherlands |
        | Australia   |

  @clause-4.4
  Rule: In California, each account has its own retention period
    A consumer may have several accounts. Each is kept while it is open and purged about six months after its own
    deletion, regardless of the others.

    @policy @api @storage @needs-clock
    Scenario Outline: Purging one account leaves a second one unchanged: <reason>
      Given Femke lives in California and has an account
      And Femke has consented to e-mail marketing
      And Femke's assigned identifiers are known
      And Femke has a second account, Fenna, under <address>
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
        | address         | reason                                  |
        | another address | only the address differs                |
        | a plus-address  | the addresses differ only in a plus tag |

    @policy @api @storage @needs-clock
    Scenario: Each account is purged six months after its own deletion
      Given it is 10 January 2027, 12:00 by the service's calendar
      And Femke lives in California and has an account
      And Femke has a second account, Fenna, under another address
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
    Scenario: A new account at the same address does not preserve the old one
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
    Scenario: Of three accounts, two are purged in their own time and the third is kept
      Given Femke lives in California and has an account
      And Femke has a second account, Fenna, under another address
      And Femke has a second account, Fleur, under a plus-address
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
    Scenario: Erasure of one account leaves the other unchanged
      Given Femke lives in California and has an account
      And Femke has a second account, Fenna, under another address
      And Fenna has consented to e-mail marketing
      And Femke has deleted the account giving a reason
      When Femke requests erasure
      Then Femke's request is granted
      When the purge window passes
      Then none of Femke's personal data is stored
      And Fenna's account is unchanged
      And Fenna's consent to e-mail marketing is in force
      And Fenna's personal data is stored

    @derived @api @storage @needs-clock
    Scenario: A second deletion at the same address does not postpone the first purge
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
    Scenario: An account that remains open is kept for years
      Given Femke lives in California and has an account
      And Femke has a second account, Fenna, under another address
      And Femke has deleted the account giving a reason
      When 24 months pass
      Then none of Femke's personal data is stored
      And Fenna's account is unchanged
      And Fenna's personal data is stored

  @clause-4.5
  Rule: A deleted account is closed at once
    From deletion, nobody can sign in to the account, no session works, no data is shared, and no mail is sent to the
    person. Every recipient of the data is instructed to stop using it. The person can still obtain a copy of the data
    that is kept, or have it erased at once.

    @derived @api
    Scenario: Deletion ends every session and prevents signing in
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
    Scenario: A deleted account remains closed in the following months
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
    Scenario: Deletion ends use by every recipient, even months after the last share
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
      Then every recipient is instructed to stop using Femke's data
      And nobody receives Femke's data

    @derived @outbound @api
    Scenario Outline: In <residence>, deletion ends use by every recipient
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      When Femke deletes the account
      And Bram consents to e-mail marketing
      Then Femke's company is instructed to stop using Femke's data
      And Femke's company no longer holds Femke's data
      And Femke's company receives Bram's data for e-mail marketing
      And Femke's company is not instructed to stop using Bram's data
      And nobody receives Femke's data
      And every recipient is instructed to stop using Femke's data

      Examples:
        | residence       |
        | the Netherlands |
        | California      |
        | Québec          |
        | China           |
        | Japan           |

    @derived @api @outbound @storage @needs-clock
    Scenario Outline: Deletion takes full effect even if the person <action> at the same moment
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke's company answers slowly
      And Femke has consented to e-mail marketing
      When Femke deletes the account and <action> at the same moment
      Then Femke cannot sign in
      And Femke's sessions no longer work
      And Femke's company no longer holds Femke's data
      And every recipient is instructed to stop using Femke's data
      When 6 months pass
      And the purge window passes
      Then none of Femke's personal data is stored

      Examples:
        | action                      |
        | changes the display name    |
        | consents again              |
        | withdraws consent           |
        | requests a copy of the data |

    @derived @outbound
    Scenario: A first share on its way at the deletion is withdrawn
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Bram has consented to e-mail marketing
      And Femke's company answers slowly
      When Femke consents to e-mail marketing
      And Femke views the account
      And Femke deletes the account
      Then nobody holds Femke's data

    @derived @outbound @needs-clock
    Scenario: A pending delivery is not completed after deletion
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
    Scenario: A company unreachable at deletion is instructed to stop once it recovers
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Femke's company is unreachable
      When Femke deletes the account
      And Bram consents to e-mail marketing
      And Femke's company fails in every way, for 2 hours each
      And Femke's company recovers
      And 1 hour passes
      Then Femke's company is instructed to stop using Femke's data
      And Femke's company no longer holds Femke's data
      And nobody receives Femke's data

    @derived @outbound @storage @needs-clock
    Scenario: An instruction to stop outlives the purge until the company accepts it
      Given Femke lives in Norway and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And every place of storage shows Femke
      And Femke's company is unreachable
      When Femke requests erasure
      And the purge window passes
      And Femke's company fails in every way, for 2 hours each
      And Femke's company recovers
      And 1 hour passes
      Then none of Femke's personal data is stored
      And Femke's company is instructed exactly once to stop using Femke's data
      And Femke's company no longer holds Femke's data

    @derived @mail @outbound @needs-clock
    Scenario: No mail is sent to the person in the months after deletion
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
    Scenario: A copy of the data is provided even months after deletion
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
    Scenario: A copy of the data is provided after deletion
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
    Scenario: Erasure is granted after deletion, before the retention period ends
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
    Scenario: Restoring a backup does not reopen a deleted account
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
      And every recipient is instructed to stop using Femke's data

    @derived @api @outbound @mail @needs-clock @needs-backups
    Scenario: Restoring a backup repeats no delivery and revives no withdrawn consent
      Given the service backs up to object storage
      And Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Carla is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And a backup has been made
      And Femke's company has sent its marketing mail
      And Bram has unsubscribed through the link in the mail
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
    Scenario: Restoring a backup does not repeat a delivery that was pending in it
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
  Rule: Data that an active account no longer needs is deleted
    Codes, tokens, abandoned sign-ups, answered requests, links, contents of mails and deliveries, and logs are needed
    only temporarily; the service declares a retention period for each kind. Once the period has passed, none of the
    data is left.

    @derived @record @storage
    Scenario: The service declares a retention period for each kind of temporary data
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke's assigned identifiers are known
      And Femke has requested a copy of the data without proving identity
      And Bram is Femke's twin
      And Bram has registered
      And Bram's assigned identifiers are known
      Then the service declares a retention period for everything it keeps temporarily

    @policy @storage @record @needs-clock
    Scenario Outline: In <residence>, <kind> are deleted after their retention period
      Given Femke lives in <residence> and has an account
      And Femke has requested a copy of the data
      And Femke's request is granted
      When the retention period of <kind> passes
      Then none of Femke's <kind> is stored
      And the disposal ledger records the disposal of <kind>
      And the disposal ledger identifies nobody
      And Femke's personal data is stored

      Examples:
        | kind               | residence  |
        | verification codes | Poland     |
        | access tokens      | California |
        | privacy requests   | Denmark    |

    @policy @storage @needs-clock
    Scenario: Signing in again does not extend the retention of older access tokens
      Given Femke lives in Ireland and has an account
      And Femke has signed in on another device
      When half the retention period of access tokens passes
      And Femke signs in
      And half the retention period of access tokens passes
      Then none of Femke's older access tokens is stored
      And Femke's personal data is stored

    @policy @storage @record @needs-clock
    Scenario Outline: Unused codes of a request for <right> are deleted after their retention period
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
    Scenario Outline: In <residence>, abandoned sign-ups are deleted after their retention period
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

    @derived @storage @mail @needs-clock
    Scenario: A registration whose link only link scanners opened is deleted as an abandoned sign-up
      Given Femke lives in Japan
      And Femke has registered
      And Femke's assigned identifiers are known
      And every place of storage shows Femke
      When link scanners open the links in the mails to Femke
      And the retention period of abandoned sign-ups passes
      Then none of Femke's personal data is stored

    @derived @storage @api @needs-clock
    Scenario Outline: In <residence>, a request for <right> whose link only link scanners opened is not carried out
      Given Femke lives in <residence> and has an account
      And Femke has requested <right> without proving identity
      When link scanners open the links in the mails to Femke
      And the retention period of verification codes passes
      And the retention period of privacy requests passes
      Then Femke's personal data is stored
      And Femke can sign in

      Examples:
        | residence  | right              |
        | Portugal   | erasure            |
        | California | erasure            |
        | Portugal   | a copy of the data |

    @policy @storage @record @outbound @needs-clock
    Scenario Outline: The unsubscribe link of a person who has <action> is deleted in time
      Given Femke lives in Sweden and has an account
      And Femke has consented to e-mail marketing
      And Femke's assigned identifiers are known
      And Femke has <action>
      When the retention period of unsubscribe links passes
      Then none of Femke's unsubscribe links is stored
      And the disposal ledger records the disposal of unsubscribe links

      Examples:
        | action                                |
        | withdrawn consent to e-mail marketing |
        | requested an end to direct marketing  |

    @policy @storage @record @outbound @needs-clock
    Scenario: A used unsubscribe link is deleted after its retention period
      Given Femke lives in Norway and has an account
      And Femke has consented to e-mail marketing
      And Femke's assigned identifiers are known
      When Femke's company sends its marketing mail
      And Femke unsubscribes through the link in the mail
      And the retention period of unsubscribe links passes
      Then none of Femke's unsubscribe links is stored

    @policy @storage @outbound @needs-clock
    Scenario: Contents of mails and deliveries are deleted, whatever their purpose and outcome
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
    Scenario: Contents of deliveries are deleted, and their disposal is recorded
      Given Femke lives in Japan and has an account
      And Femke has consented to e-mail marketing
      And Femke has changed the display name
      When the retention period of message contents passes
      Then none of Femke's former names is stored
      And the disposal ledger records the disposal of message contents
      And Femke's personal data is stored

    @policy @storage @record @needs-clock @needs-identity-providers
    Scenario Outline: An unfinished sign-in through <provider> is deleted after its retention period
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
    Scenario: Log entries are deleted after their retention period
      Given Femke lives in Spain and has an account
      And Femke has changed the display name
      When the retention period of log entries passes
      Then none of Femke's personal data is stored in a log
      And the disposal ledger records the disposal of log entries

    @derived @record @storage @mail @outbound @needs-clock
    Scenario: An unsubscribe link that is still needed is kept
      Given Femke lives in Hungary and has an account
      And Femke has consented to e-mail marketing
      When 12 months pass
      And Femke's company sends its marketing mail
      And Femke unsubscribes through the link in the mail
      Then the unsubscription takes effect at once
      And Femke's personal data is stored
      And the disposal ledger records no disposal of unsubscribe links
