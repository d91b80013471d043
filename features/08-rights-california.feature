Feature: 8 Rights in California
  Rights of residents of California in addition to the rights in all countries.

  @clause-8.CA.4
  Rule: An opt-out of sale and sharing is honoured
    The setting of the account or a request suffices. The opt-out takes effect at once, at every advertising vendor of
    the group company, and only the person can reverse it, by the setting.

    @policy @api @outbound
    Scenario Outline: The opt-out takes effect at once when the resident <action>
      Given Cal lives in California and has an account
      And Cal has consented to e-mail marketing
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When Cal <action>
      And Cal changes the display name
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And Gus is not opted out of sale and sharing
      And every advertising vendor is instructed to stop using Cal's data
      And no advertising vendor receives Cal's data

      Examples:
        | action                                                               |
        | turns the setting 'Personal Information' off                         |
        | requests an opt-out of sale and sharing with the address in capitals |
        | requests an opt-out of targeted advertising                          |

    @policy @api @outbound @needs-mail-intake
    Scenario Outline: A mail under the subject “<subject>” takes effect
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When Cal requests <right> by mail under the subject “<subject>”
      And Cal changes the display name
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And every advertising vendor is instructed to stop using Cal's data
      And no advertising vendor receives Cal's data

      Examples:
        | right                              | subject                                                      |
        | an opt-out of sale and sharing     | Do Not Sell or Share My Personal Information – SHES Account  |
        | an opt-out of sale and sharing     | do not sell or share my personal information - shes account. |
        | an opt-out of targeted advertising | Opt Out of Targeted Advertising – SHES Account               |
        | an opt-out of targeted advertising | OPT OUT OF TARGETED  ADVERTISING — SHES ACCOUNT              |

    @derived @api @outbound @record @needs-clock
    Scenario: Each of the opt-outs changes nothing else
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And Gus has consented to e-mail marketing
      Then the opt-outs of Cal change nothing else

    @derived @api @outbound @needs-mail-intake
    Scenario Outline: A mail that requests <right> <form> takes effect
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When Cal requests <right> by mail <form>
      And Cal changes the display name
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And every advertising vendor is instructed to stop using Cal's data
      And no advertising vendor receives Cal's data

      Examples:
        | right                              | form                      |
        | an opt-out of sale and sharing     | as HTML                   |
        | an opt-out of sale and sharing     | as a reply                |
        | an opt-out of targeted advertising | as text and HTML          |
        | an opt-out of targeted advertising | as a forwarded mail       |
        | an opt-out of sale and sharing     | in an older character set |

    @derived @api @outbound
    Scenario Outline: A resident who has <earlier action> and then <action> remains opted out
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And Cal has <earlier action>
      When Cal <action>
      And Cal changes the display name
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And Cal's setting 'Personal Information' is off
      And no advertising vendor receives Cal's data

      Examples:
        | earlier action                                | action                             |
        | requested an opt-out of sale and sharing      | signs in                           |
        | requested an opt-out of sale and sharing      | uses every function of the account |
        | turned the setting 'Personal Information' off | uses every function of the account |
        | turned the setting 'Personal Information' off | consents to e-mail marketing       |

    @derived @api @outbound @needs-clock
    Scenario Outline: The opt-out persists for more than a year after the resident <action>
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When 3 months pass
      And Cal signs in
      And Cal <action>
      Then every advertising vendor is instructed to stop using Cal's data
      When 13 months pass
      And Cal signs in
      And Cal uses every function of the account
      And Cal moves to Japan
      And Cal moves to California
      And Gus signs in
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And Cal's setting 'Personal Information' is off
      And no advertising vendor receives Cal's data

      Examples:
        | action                                       |
        | turns the setting 'Personal Information' off |
        | requests an opt-out of sale and sharing      |

    @derived @api @outbound
    Scenario Outline: A reversed opt-out takes effect again when the resident <action>
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And Cal has turned the setting 'Personal Information' off
      And Cal has turned the setting 'Personal Information' on
      And Cal has changed the display name
      And an advertising vendor holds Cal's data
      When Cal <action>
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And every advertising vendor is instructed to stop using Cal's data
      When Cal changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Cal's data

      Examples:
        | action                                       |
        | turns the setting 'Personal Information' off |
        | requests an opt-out of sale and sharing      |

    @derived @api @outbound @needs-backups
    Scenario Outline: The opt-out persists when a backup is restored after the resident <action>
      Given the service backs up to object storage
      And Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And a backup has been made
      When Cal <action>
      And the backup is restored
      And Cal signs in
      And Gus signs in
      Then Cal is opted out of sale and sharing
      And every advertising vendor is instructed to stop using Cal's data
      When Cal changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Cal's data

      Examples:
        | action                                       |
        | turns the setting 'Personal Information' off |
        | requests an opt-out of sale and sharing      |

    @derived @api @outbound
    Scenario Outline: A second opt-out changes nothing when the resident <action>
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And Cal has <earlier action>
      When Cal <action>
      And Cal changes the display name
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And no advertising vendor receives Cal's data

      Examples:
        | earlier action                                | action                                       |
        | turned the setting 'Personal Information' off | turns the setting 'Personal Information' off |
        | requested an opt-out of sale and sharing      | requests an opt-out of sale and sharing      |

    @derived @api @outbound @needs-clock
    Scenario: Advertising vendors that are unreachable at the opt-out are instructed later
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And every advertising vendor is unreachable
      And Cal has changed the display name
      When Cal turns the setting 'Personal Information' off
      Then Cal is opted out of sale and sharing
      When every advertising vendor fails in every way, for 2 hours each
      And every advertising vendor recovers
      And 1 hour passes
      And Gus signs in
      And Gus changes the display name
      Then every advertising vendor is instructed to stop using Cal's data
      And no advertising vendor receives Cal's data

    @derived @api @outbound
    Scenario: The opt-out persists after a move out of California and back
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And Cal has requested an opt-out of sale and sharing
      When Cal moves to Nevada
      And Cal moves to California
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And no advertising vendor receives Cal's data

    @derived @api @outbound
    Scenario: An opt-out does not extend to another account of the same household
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When Gus requests an opt-out of sale and sharing
      And Cal changes the display name
      And Gus changes the display name
      Then Gus is opted out of sale and sharing
      And Cal is not opted out of sale and sharing
      And no advertising vendor receives Gus's data

  @clause-8.CA.5
  Rule: Personal data of a person under sixteen is neither sold nor shared
    Whatever ages the service declares and whatever the person chooses, no data of a Californian under sixteen is shared
    with an advertising vendor.

    @policy @outbound @needs-clock @needs-age-register
    Scenario Outline: Data of a resident born on <birth date> is not shared with vendors: <reason>
      Given it is 14 May 2026
      And the minimum age is 13 in the United States
      And the age of majority is 13 in the United States
      And Sam, born on <birth date>, lives in California and has an account
      And Alex is Sam's twin but was born on 14 May 2010 and has an account
      When Sam changes the display name
      And Alex changes the display name
      Then no advertising vendor receives Sam's data
      And nobody receives Sam's data at any time

      Examples:
        | birth date   | reason                |
        | 15 May 2010  | one day under sixteen |
        | 1 March 2011 | aged fifteen          |
        | 1 March 2012 | aged fourteen         |
        | 14 May 2013  | thirteen on that day  |

    @policy @outbound @needs-clock @needs-age-register
    Scenario: No data is shared until the end of the day before the sixteenth birthday
      Given it is 14 May 2026
      And the minimum age is 13 in the United States
      And the age of majority is 13 in the United States
      And Sam, born on 16 May 2010, lives in California and has an account
      And Alex is Sam's twin but was born on 15 May 2010 and has an account
      When it becomes 15 May 2026, 23:59 in America/Los_Angeles
      And Sam changes the display name
      And Alex changes the display name
      Then no advertising vendor receives Sam's data

    @policy @outbound @needs-clock @needs-age-register
    Scenario: No choice of a person aged fifteen permits sharing
      Given it is 14 May 2026
      And the minimum age is 13 in the United States
      And the age of majority is 13 in the United States
      And Sam, born on 1 March 2011, lives in California and has an account
      And Alex is Sam's twin but was born on 1 March 2010 and has an account
      When Sam consents to e-mail marketing
      And Sam turns the setting 'Personal Information' off
      And Sam turns the setting 'Personal Information' on
      And Sam changes the ZIP code to nine digits
      And Sam changes the display name
      And Alex changes the display name
      Then no advertising vendor receives Sam's data

    @policy @outbound @needs-clock @needs-age-register
    Scenario Outline: A move of a person aged fifteen from <old residence> to California ends sharing
      Given it is 14 May 2026
      And the minimum age is 13 in the United States
      And the age of majority is 13 in the United States
      And Sam, born on 1 March 2011, lives in <old residence> and has an account
      And Alex is Sam's twin but was born on 1 March 2010 and has an account
      And an advertising vendor holds Sam's data
      When Sam moves to California
      And Alex moves to California
      And Sam changes the display name
      And Alex changes the display name
      Then every advertising vendor is instructed to stop using Sam's data
      And no advertising vendor receives Sam's data

      Examples:
        | old residence |
        | New York      |
        | Nevada        |

    @policy @outbound @needs-clock @needs-age-register
    Scenario: A correction of the date of birth to the age of fifteen ends sharing
      Given it is 14 May 2026
      And the minimum age is 13 in the United States
      And the age of majority is 13 in the United States
      And Sam, born on 1 March 1990, lives in California and has an account
      And Alex is Sam's twin and has an account
      And an advertising vendor holds Sam's data
      When Sam changes the date of birth to 1 March 2011
      Then every advertising vendor is instructed to stop using Sam's data
      When Sam changes the display name
      And Alex changes the display name
      Then no advertising vendor receives Sam's data

    @policy @outbound @needs-clock
    Scenario: A move of a person aged fourteen from China to California starts no sharing
      Given it is 14 May 2026
      And Li, born on 10 March 2012, lives in China and has an account
      And Wei is Li's twin but was born on 10 March 1990 and has an account
      When Li moves to California
      And Wei moves to California
      Then no advertising vendor receives Li's data
      And nobody receives Li's data at any time

  @clause-8.CA.18
  Rule: An opt-out preference signal is honoured and remains in effect
    A browser that sends the signal (Global Privacy Control) opts the person's account out of sale and sharing: at once,
    at every advertising vendor, and permanently. The published statement on the signal is true.

    @law @api @outbound
    Scenario Outline: The signal is honoured when the resident <action>
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When Cal <action> with the opt-out signal
      And Gus changes the display name
      Then Cal is opted out of sale and sharing by the signal
      And every advertising vendor is instructed to stop using Cal's data
      And no advertising vendor receives Cal's data
      And Gus is not opted out of sale and sharing

      Examples:
        | action                         |
        | views the account              |
        | changes the display name       |
        | consents to e-mail marketing   |
        | withdraws consent to profiling |
        | signs in                       |

    @law @api @outbound
    Scenario: The signal is honoured in every operation and each time it is sent
      Given Cal lives in California and has an account
      Then every action of Cal with the opt-out signal opts out

    @law @api @outbound
    Scenario Outline: A signal sent when <occasion> prevents all sharing with vendors
      Given Cal lives in California and has a verified Sony account
      And Gus is Cal's twin and has a verified Sony account
      When Cal <sign-in>
      And Cal <account creation>
      And Gus signs in
      And Gus creates the SHES account
      Then no advertising vendor receives Cal's data
      And Cal is opted out of sale and sharing by the signal
      And Gus is not opted out of sale and sharing

      Examples:
        | occasion             | sign-in                          | account creation                                 |
        | signing in           | signs in with the opt-out signal | creates the SHES account                         |
        | creating the account | signs in                         | creates the SHES account with the opt-out signal |

    @law @api @outbound
    Scenario: The opt-out by signal persists on a later visit without the signal
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And Cal has sent the opt-out signal
      When Cal signs in
      And Cal views the account
      And Cal changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Cal's data
      And Cal is opted out of sale and sharing by the signal

    @law @api @outbound @needs-clock
    Scenario: The opt-out by signal persists for thirteen months without the signal
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When 3 months pass
      And Cal signs in with the opt-out signal
      Then every advertising vendor is instructed to stop using Cal's data
      When 13 months pass
      And Cal signs in
      And Cal uses every function of the account
      And Cal changes the display name
      And Gus signs in
      And Gus changes the display name
      Then no advertising vendor receives Cal's data
      And Cal is opted out of sale and sharing by the signal

    @law @api @outbound
    Scenario Outline: The opt-out by signal persists after a move to <other residence> and back
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And Cal has sent the opt-out signal
      When Cal moves to <other residence>
      And Gus moves to <other residence>
      And Cal moves to California
      And Cal moves to <other residence>
      And Cal moves to California
      And Gus moves to California
      Then no advertising vendor receives Cal's data
      And Cal is opted out of sale and sharing by the signal

      Examples:
        | other residence |
        | New York        |
        | the Netherlands |

    @law @api @outbound
    Scenario: The signal is honoured after a move to California
      Given Cal lives in Nevada and has an account
      And Gus is Cal's twin but lives in California and has an account
      And an advertising vendor holds Cal's data
      And Cal has moved to California
      When Cal views the account with the opt-out signal
      And Cal changes the display name
      And Gus changes the display name
      Then every advertising vendor is instructed to stop using Cal's data
      And no advertising vendor receives Cal's data
      And Cal is opted out of sale and sharing by the signal

    @law @outbound @needs-clock
    Scenario: Advertising vendors that are unreachable at the signal are instructed later
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And every advertising vendor is unreachable
      When Cal views the account with the opt-out signal
      And every advertising vendor fails in every way, for 4 hours each
      And every advertising vendor recovers
      And Gus signs in
      And Gus changes the display name
      And 1 hour passes
      And 2 days pass
      Then every advertising vendor is instructed to stop using Cal's data
      And no advertising vendor receives Cal's data

    @law @outbound @needs-clock
    Scenario: Shares that could not be delivered before the signal are not delivered after it
      Given every advertising vendor is unreachable
      And Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And Cal has sent the opt-out signal
      When every advertising vendor recovers
      And 1 hour passes
      And 2 days pass
      Then no advertising vendor receives Cal's data

    @law @api @outbound @needs-backups
    Scenario: The opt-out by signal persists when a backup is restored
      Given the service backs up to object storage
      And Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And a backup has been made
      When Cal views the account with the opt-out signal
      And the backup is restored
      And Cal signs in
      And Gus signs in
      And Cal changes the display name
      And Gus changes the display name
      Then Cal is opted out of sale and sharing by the signal
      And no advertising vendor receives Cal's data

    @law @api
    Scenario Outline: The header Sec-GPC with the value <value> is not a signal
      Given Cal lives in California and has an account
      When Cal views the account with the header Sec-GPC set to "<value>"
      Then Cal is not opted out of sale and sharing

      Examples:
        | value |
        | 0     |
        | 2     |
        | 11    |

    @law @api @outbound
    Scenario Outline: A header Sec-GPC set to 0 lifts no opt-out of a resident who has <action>
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And Cal has <action>
      Then every action of Cal with the header Sec-GPC set to "0" leaves the opt-out as it was
      When Cal changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Cal's data

      Examples:
        | action                                                |
        | sent the opt-out signal                               |
        | turned the setting 'Personal Information' off         |
        | requested an opt-out of sale and sharing              |

    @law @api @outbound @needs-identity-providers
    Scenario: A signal sent when signing in through Google prevents all sharing with vendors
      Given Cal lives in California and has a verified Sony account
      And Gus is Cal's twin and has a verified Sony account
      And Cal has an account at Google
      When Cal signs in through Google with the opt-out signal
      And Cal creates the SHES account
      And Gus signs in
      And Gus creates the SHES account
      Then no advertising vendor receives Cal's data
      And Cal is opted out of sale and sharing by the signal
      And Gus is not opted out of sale and sharing

    @law @api @outbound
    Scenario: The signal leaves consent in force
      Given Cal lives in California and has an account
      And Cal has consented to e-mail marketing
      When Cal views the account with the opt-out signal
      And Cal changes the display name
      Then Cal is opted out of sale and sharing by the signal
      And Cal's consent to e-mail marketing is in force
      And Sony Electronics Inc. receives Cal's data for e-mail marketing
      And Sony Electronics Inc. is not instructed to stop using Cal's data

    @law @api @outbound
    Scenario: The published statement on the signal is true
      Given Cal lives in California and has an account
      And an advertising vendor holds Cal's data
      When Cal views the account with the opt-out signal
      Then the published statement on the signal is true for Cal

  @clause-8.CA.22
  Rule: An opt-out takes effect within fifteen business days and requires an address only
    No account, no document and no proof of identity is required; an address is enough.

    @law @api @outbound @needs-clock
    Scenario Outline: The opt-out is effective fifteen business days after <day>, when the resident <action>
      Given it is <day>
      And Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When Cal <action>
      And 15 business days pass
      And Cal signs in
      And Gus signs in
      Then Cal is opted out of sale and sharing
      And every advertising vendor is instructed to stop using Cal's data
      When Cal changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Cal's data

      Examples:
        | day              | action                                       |
        | 6 July 2026      | turns the setting 'Personal Information' off |
        | 6 July 2026      | requests an opt-out of sale and sharing      |
        | 6 July 2026      | requests an opt-out of targeted advertising  |
        | 31 December 2026 | requests an opt-out of sale and sharing      |
        | 29 February 2028 | turns the setting 'Personal Information' off |

    @derived @api @mail @needs-mail-intake @needs-clock
    Scenario Outline: A resident who <action> is answered within sixty days
      Given Cal lives in California and has an account
      When Cal <action>
      And 60 days pass
      Then Cal's request is answered by mail

      Examples:
        | action                                              |
        | requests an opt-out of sale and sharing by mail     |
        | requests an opt-out of targeted advertising by mail |

    @law @api @outbound @needs-mail-intake @needs-clock
    Scenario: The opt-out is effective fifteen business days after a mail
      Given it is 6 July 2026
      And Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When Cal requests an opt-out of sale and sharing by mail
      And 15 business days pass
      And Cal signs in
      And Gus signs in
      Then Cal is opted out of sale and sharing
      And every advertising vendor is instructed to stop using Cal's data
      When Cal changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Cal's data

    @law @api
    Scenario Outline: An address is enough when the resident <action>
      Given Cal lives in California and has an account
      When Cal <action>
      Then Cal's request is accepted without further questions

      Examples:
        | action                                       |
        | turns the setting 'Personal Information' off |
        | requests an opt-out of sale and sharing      |
        | requests an opt-out of targeted advertising  |

    @law @api
    Scenario: A request without an account is accepted
      Given Cal lives in California
      When Cal requests an opt-out of sale and sharing
      Then Cal's request is accepted without further questions

    @law @api @outbound
    Scenario: A request made before the SHES account exists prevents all sharing with vendors
      Given Cal lives in California and has a verified Sony account
      And Gus is Cal's twin and has a verified Sony account
      When Cal requests an opt-out of sale and sharing
      Then Cal's request is accepted without further questions
      When Cal signs in
      And Cal creates the SHES account
      And Gus signs in
      And Gus creates the SHES account
      Then Cal is opted out of sale and sharing
      And no advertising vendor receives Cal's data
