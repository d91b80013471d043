Feature: 8 Rights in California
  What residents of California can ask of the service beyond what everybody can.

  @clause-8.CA.4
  Rule: Who does not want to be sold or shared is not
    By the setting of the account or by a request; either is enough. It works at once, at every advertising vendor of the
    local company, and nothing but the person's own hand on the setting takes it back.

    @policy @api @outbound
    Scenario Outline: Cal <opts out>
      Given Cal lives in California and has an account
      And Cal has consented to e-mail marketing
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When Cal <opts out>
      And Cal changes the display name
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And Gus is not opted out of sale and sharing
      And every advertising vendor is told to stop using Cal's data
      And no advertising vendor receives Cal's data

      Examples:
        | opts out                                                             |
        | turns the setting 'Personal Information' off                         |
        | requests an opt-out of sale and sharing with the address in capitals |
        | requests an opt-out of targeted advertising                          |

    @policy @api @outbound @needs-mail-intake
    Scenario Outline: A mail under “<subject>” is heard
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When Cal requests <right> by mail under the subject “<subject>”
      And Cal changes the display name
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And every advertising vendor is told to stop using Cal's data
      And no advertising vendor receives Cal's data

      Examples:
        | right                              | subject                                                      |
        | an opt-out of sale and sharing     | Do Not Sell or Share My Personal Information – SHES Account  |
        | an opt-out of sale and sharing     | do not sell or share my personal information - shes account. |
        | an opt-out of targeted advertising | Opt Out of Targeted Advertising – SHES Account               |
        | an opt-out of targeted advertising | OPT OUT OF TARGETED  ADVERTISING — SHES ACCOUNT              |

    @derived @api @outbound
    Scenario Outline: Cal <does something> after the request, and stays out
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And Cal has <opted out>
      When Cal <does something>
      And Cal changes the display name
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And Cal's setting 'Personal Information' is off
      And no advertising vendor receives Cal's data

      Examples:
        | opted out                                     | does something                     |
        | requested an opt-out of sale and sharing      | signs in                           |
        | requested an opt-out of sale and sharing      | uses every function of the account |
        | turned the setting 'Personal Information' off | uses every function of the account |
        | turned the setting 'Personal Information' off | consents to e-mail marketing       |

    @derived @api @outbound @needs-clock
    Scenario Outline: More than a year after Cal <opts out>
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When 3 months pass
      And Cal signs in
      And Cal <opts out>
      Then every advertising vendor is told to stop using Cal's data
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
        | opts out                                     |
        | turns the setting 'Personal Information' off |
        | requests an opt-out of sale and sharing      |

    @derived @api @outbound
    Scenario Outline: Off, on, and then Cal <opts out> again
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And Cal has turned the setting 'Personal Information' off
      And Cal has turned the setting 'Personal Information' on
      And Cal has changed the display name
      And an advertising vendor holds Cal's data
      When Cal <opts out>
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And every advertising vendor is told to stop using Cal's data
      When Cal changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Cal's data

      Examples:
        | opts out                                     |
        | turns the setting 'Personal Information' off |
        | requests an opt-out of sale and sharing      |

    @derived @api @outbound @needs-backups
    Scenario Outline: A restore after Cal <opts out> lifts nothing
      Given the service backs up to object storage
      And Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And a backup has been made
      When Cal <opts out>
      And the backup is restored
      And Cal signs in
      And Gus signs in
      Then Cal is opted out of sale and sharing
      And every advertising vendor is told to stop using Cal's data
      When Cal changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Cal's data

      Examples:
        | opts out                                     |
        | turns the setting 'Personal Information' off |
        | requests an opt-out of sale and sharing      |

    @derived @api @outbound
    Scenario Outline: To <opts out> a second time changes nothing
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And Cal has <opted out>
      When Cal <opts out>
      And Cal changes the display name
      And Gus changes the display name
      Then Cal is opted out of sale and sharing
      And no advertising vendor receives Cal's data

      Examples:
        | opted out                                     | opts out                                     |
        | turned the setting 'Personal Information' off | turns the setting 'Personal Information' off |
        | requested an opt-out of sale and sharing      | requests an opt-out of sale and sharing      |

    @derived @api @outbound @needs-clock
    Scenario: Vendors that were down when Cal opted out are told later, and get nothing
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And every advertising vendor is unreachable
      And Cal has changed the display name
      When Cal turns the setting 'Personal Information' off
      Then Cal is opted out of sale and sharing
      When every advertising vendor recovers
      And 2 hours pass
      And Gus changes the display name
      Then every advertising vendor is told to stop using Cal's data
      And no advertising vendor receives Cal's data

    @derived @api @outbound
    Scenario: A move out of California and back lifts nothing of it
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
    Scenario: A second account of the same household is its own
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
  Rule: Nobody under sixteen is sold or shared
    Whatever ages the service declares, and whatever the person chooses: below sixteen nothing about a Californian goes to an
    advertising vendor.

    @policy @outbound @needs-clock @needs-age-register
    Scenario Outline: Born on <born>, with an account that the service's ages allow: <reason>
      Given it is 14 May 2026
      And the minimum age is 13 in the United States
      And the age of majority is 13 in the United States
      And Sam, born on <born>, lives in California and has an account
      And Alex is Sam's twin but was born on 14 May 2010 and has an account
      When Sam changes the display name
      And Alex changes the display name
      Then no advertising vendor receives Sam's data
      And nobody receives Sam's data at any time

      Examples:
        | born         | reason                 |
        | 15 May 2010  | a day short of sixteen |
        | 1 March 2011 | fifteen                |
        | 1 March 2012 | fourteen               |
        | 14 May 2013  | thirteen today         |

    @policy @outbound @needs-clock @needs-age-register
    Scenario: The sixteenth birthday
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
    Scenario: Whatever somebody of fifteen chooses
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
    Scenario Outline: Fifteen, and a move from <elsewhere> to California
      Given it is 14 May 2026
      And the minimum age is 13 in the United States
      And the age of majority is 13 in the United States
      And Sam, born on 1 March 2011, lives in <elsewhere> and has an account
      And Alex is Sam's twin but was born on 1 March 2010 and has an account
      And an advertising vendor holds Sam's data
      When Sam moves to California
      And Alex moves to California
      And Sam changes the display name
      And Alex changes the display name
      Then every advertising vendor is told to stop using Sam's data
      And no advertising vendor receives Sam's data

      Examples:
        | elsewhere |
        | New York  |
        | Nevada    |

    @policy @outbound @needs-clock @needs-age-register
    Scenario: An adult of California turns out to be fifteen
      Given it is 14 May 2026
      And the minimum age is 13 in the United States
      And the age of majority is 13 in the United States
      And Sam, born on 1 March 1990, lives in California and has an account
      And Alex is Sam's twin and has an account
      And an advertising vendor holds Sam's data
      When Sam changes the date of birth to 1 March 2011
      Then every advertising vendor is told to stop using Sam's data
      When Sam changes the display name
      And Alex changes the display name
      Then no advertising vendor receives Sam's data

    @policy @outbound @needs-clock
    Scenario: Fourteen in China, and an account in California
      Given it is 14 May 2026
      And Li, born on 10 March 2012, lives in China and has an account
      And Wei is Li's twin but was born on 10 March 1990 and has an account
      When Li moves to California
      And Wei moves to California
      Then no advertising vendor receives Li's data
      And nobody receives Li's data at any time

  @clause-8.CA.18
  Rule: An opt-out preference signal is heard, and stays heard
    A browser that sends the signal (Global Privacy Control) opts its person's account out of sale and sharing: at once, at
    every advertising vendor, and for good. What the service publishes about the signal is true.

    @law @api @outbound
    Scenario Outline: The signal is heard when Cal <does something>
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When Cal <does something> with the opt-out signal
      And Gus changes the display name
      Then Cal is opted out of sale and sharing by the signal
      And every advertising vendor is told to stop using Cal's data
      And no advertising vendor receives Cal's data
      And Gus is not opted out of sale and sharing

      Examples:
        | does something                 |
        | views the account              |
        | changes the display name       |
        | consents to e-mail marketing   |
        | withdraws consent to profiling |
        | signs in                       |

    @law @api @outbound
    Scenario: The signal is heard wherever it comes, and each time anew
      Given Cal lives in California and has an account
      Then every action of Cal with the opt-out signal opts out

    @law @api @outbound
    Scenario Outline: Who sends the signal when <moment> is never shared with a vendor
      Given Cal lives in California and has a verified Sony account
      And Gus is Cal's twin and has a verified Sony account
      When Cal <signs in>
      And Cal <creates the account>
      And Gus signs in
      And Gus creates the SHES account
      Then no advertising vendor receives Cal's data
      And Cal is opted out of sale and sharing by the signal
      And Gus is not opted out of sale and sharing

      Examples:
        | moment               | signs in                         | creates the account                              |
        | signing in           | signs in with the opt-out signal | creates the SHES account                         |
        | creating the account | signs in                         | creates the SHES account with the opt-out signal |

    @law @api @outbound
    Scenario: A later visit without the signal lifts nothing
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
    Scenario: Thirteen months without the signal lift nothing
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When 3 months pass
      And Cal signs in with the opt-out signal
      Then every advertising vendor is told to stop using Cal's data
      When 13 months pass
      And Cal signs in
      And Cal uses every function of the account
      And Cal changes the display name
      And Gus signs in
      And Gus changes the display name
      Then no advertising vendor receives Cal's data
      And Cal is opted out of sale and sharing by the signal

    @law @api @outbound
    Scenario Outline: A move to <elsewhere> and back lifts nothing
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And Cal has sent the opt-out signal
      When Cal moves to <elsewhere>
      And Gus moves to <elsewhere>
      And Cal moves to California
      And Cal moves to <elsewhere>
      And Cal moves to California
      And Gus moves to California
      Then no advertising vendor receives Cal's data
      And Cal is opted out of sale and sharing by the signal

      Examples:
        | elsewhere       |
        | New York        |
        | the Netherlands |

    @law @api @outbound
    Scenario: The signal of somebody who has moved to California is heard
      Given Cal lives in Nevada and has an account
      And Gus is Cal's twin but lives in California and has an account
      And an advertising vendor holds Cal's data
      And Cal has moved to California
      When Cal views the account with the opt-out signal
      And Cal changes the display name
      And Gus changes the display name
      Then every advertising vendor is told to stop using Cal's data
      And no advertising vendor receives Cal's data
      And Cal is opted out of sale and sharing by the signal

    @law @outbound @needs-clock
    Scenario: Vendors that were down are told later
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      And every advertising vendor is unreachable
      When Cal views the account with the opt-out signal
      And 2 days pass
      And every advertising vendor recovers
      And Gus signs in
      And Gus changes the display name
      And 1 hour passes
      And 2 days pass
      Then every advertising vendor is told to stop using Cal's data
      And no advertising vendor receives Cal's data

    @law @outbound @needs-clock
    Scenario: What vendors could not be given before the signal they are not given after it
      Given every advertising vendor is unreachable
      And Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And Cal has sent the opt-out signal
      When every advertising vendor recovers
      And 1 hour passes
      And 2 days pass
      Then no advertising vendor receives Cal's data

    @law @api @outbound @needs-backups
    Scenario: A restore after the signal lifts nothing
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
    Scenario Outline: The header with the value <value> is no signal
      Given Cal lives in California and has an account
      When Cal views the account with the header Sec-GPC set to "<value>"
      Then Cal is not opted out of sale and sharing

      Examples:
        | value |
        | 0     |
        | 2     |
        | 11    |

    @law @api @outbound
    Scenario: The signal takes no consent away
      Given Cal lives in California and has an account
      And Cal has consented to e-mail marketing
      When Cal views the account with the opt-out signal
      And Cal changes the display name
      Then Cal is opted out of sale and sharing by the signal
      And Cal's consent to e-mail marketing is in force
      And Sony Electronics Inc. receives Cal's data for e-mail marketing
      And Sony Electronics Inc. is not told to stop using Cal's data

    @law @api @outbound
    Scenario: What is published about the signal is true
      Given Cal lives in California and has an account
      And an advertising vendor holds Cal's data
      When Cal views the account with the opt-out signal
      Then the published statement on the signal is true for Cal

  @clause-8.CA.22
  Rule: An opt-out works within fifteen business days, and asks for nothing it does not need
    No account, no document, no proof, no more than an address.

    @law @api @outbound @needs-clock
    Scenario Outline: Fifteen business days after Cal <opts out>
      Given it is 6 July 2026
      And Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When Cal <opts out>
      And 15 business days pass
      And Cal signs in
      And Gus signs in
      Then Cal is opted out of sale and sharing
      And every advertising vendor is told to stop using Cal's data
      When Cal changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Cal's data

      Examples:
        | opts out                                     |
        | turns the setting 'Personal Information' off |
        | requests an opt-out of sale and sharing      |
        | requests an opt-out of targeted advertising  |

    @derived @api @mail @needs-mail-intake @needs-clock
    Scenario Outline: Who <opts out> is answered within sixty days
      Given Cal lives in California and has an account
      When Cal <opts out>
      And 60 days pass
      Then Cal's request is answered by mail

      Examples:
        | opts out                                            |
        | requests an opt-out of sale and sharing by mail     |
        | requests an opt-out of targeted advertising by mail |

    @law @api @outbound @needs-mail-intake @needs-clock
    Scenario: Fifteen business days after a mail
      Given it is 6 July 2026
      And Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And an advertising vendor holds Cal's data
      When Cal requests an opt-out of sale and sharing by mail
      And 15 business days pass
      And Cal signs in
      And Gus signs in
      Then Cal is opted out of sale and sharing
      And every advertising vendor is told to stop using Cal's data
      When Cal changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Cal's data

    @law @api
    Scenario Outline: An address is enough when Cal <opts out>
      Given Cal lives in California and has an account
      When Cal <opts out>
      Then Cal's request is accepted without further questions

      Examples:
        | opts out                                     |
        | turns the setting 'Personal Information' off |
        | requests an opt-out of sale and sharing      |
        | requests an opt-out of targeted advertising  |

    @law @api
    Scenario: It takes no account at all
      Given Cal lives in California
      When Cal requests an opt-out of sale and sharing
      Then Cal's request is accepted without further questions

    @law @api @outbound
    Scenario: Who asked before having a SHES account is never shared
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
