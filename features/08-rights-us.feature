Feature: 8 Rights in Colorado, Connecticut, Utah and Virginia
  What consumers in these states can ask of the service beyond what everybody can.

  @clause-8.US.6
  Rule: Who opts out of targeted advertising is out of it
    By the setting of the account or by a request; either is enough. It works at every advertising vendor, and nothing but
    the person's own hand on the setting takes it back.

    @policy @api @outbound
    Scenario Outline: <residence>: Avery <opts out>
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      When Avery <opts out>
      And Avery changes the display name
      And Gus changes the display name
      Then Avery is opted out of sale and sharing
      And Gus is not opted out of sale and sharing
      And every advertising vendor is told to stop using Avery's data
      And no advertising vendor receives Avery's data

      Examples:
        | residence   | opts out                                        |
        | Colorado    | switches the setting 'Personal Information' off |
        | Connecticut | switches the setting 'Personal Information' off |
        | Utah        | switches the setting 'Personal Information' off |
        | Virginia    | switches the setting 'Personal Information' off |
        | Colorado    | asks for no targeted advertising                |
        | Connecticut | asks for no targeted advertising                |
        | Utah        | asks for no targeted advertising                |
        | Virginia    | asks for no targeted advertising                |

    @policy @api @outbound @needs-mail-intake
    Scenario Outline: <residence>: Avery asks by mail
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      When Avery asks by mail for no targeted advertising
      And Avery changes the display name
      And Gus changes the display name
      Then Avery is opted out of sale and sharing
      And every advertising vendor is told to stop using Avery's data
      And no advertising vendor receives Avery's data

      Examples:
        | residence   |
        | Colorado    |
        | Connecticut |
        | Utah        |
        | Virginia    |

    @derived @api @outbound
    Scenario Outline: <residence>: Avery <does something> later, and stays out
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      And there was a time when Avery switches the setting 'Personal Information' off
      When Avery <does something> without a signal
      And Avery changes the display name without a signal
      And Gus changes the display name
      Then Avery's setting 'Personal Information' is off
      And Avery is opted out of sale and sharing
      And no advertising vendor receives Avery's data

      Examples:
        | residence   | does something                 |
        | Virginia    | signs in                       |
        | Utah        | consents to e-mail marketing   |
        | Colorado    | uses everything in the account |
        | Connecticut | uses everything in the account |

    @derived @api @outbound @needs-clock
    Scenario Outline: <residence>: more than a year after Avery <opts out>
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      When 3 months pass
      And Avery signs in without a signal
      And Avery <opts out>
      Then every advertising vendor is told to stop using Avery's data
      When 13 months pass
      And Avery signs in without a signal
      And Avery uses everything in the account without a signal
      And Avery moves to Brazil
      And Avery moves to <residence>
      And Gus signs in without a signal
      And Gus changes the display name
      Then Avery's setting 'Personal Information' is off
      And Avery is opted out of sale and sharing
      And no advertising vendor receives Avery's data

      Examples:
        | residence   | opts out                                        |
        | Colorado    | asks for no targeted advertising                |
        | Connecticut | switches the setting 'Personal Information' off |
        | Utah        | switches the setting 'Personal Information' off |
        | Virginia    | asks for no targeted advertising                |

    @derived @api @outbound
    Scenario Outline: <residence>: off, on, and off again
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And there was a time when Avery <opts out>
      And there was a time when Avery switches the setting 'Personal Information' on
      And Avery has changed the display name
      And an advertising vendor holds Avery's data
      When Avery switches the setting 'Personal Information' off
      And Gus changes the display name
      Then Avery is opted out of sale and sharing
      And every advertising vendor is told to stop using Avery's data
      When Avery changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Avery's data

      Examples:
        | residence | opts out                                        |
        | Colorado  | switches the setting 'Personal Information' off |
        | Virginia  | asks for no targeted advertising                |

    @derived @api @outbound @needs-backups
    Scenario: A restore leaves the setting off
      Given the service has object storage for its backups
      And Avery lives in Utah and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      And a backup was made
      When Avery switches the setting 'Personal Information' off
      And the backup is restored
      And Avery signs in without a signal
      And Gus signs in without a signal
      And Avery changes the display name
      And Gus changes the display name
      Then Avery's setting 'Personal Information' is off
      And no advertising vendor receives Avery's data

    @derived @api @outbound
    Scenario: A move to Utah and back leaves the setting off
      Given Avery lives in Virginia and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      And there was a time when Avery switches the setting 'Personal Information' off
      When Avery moves to Utah
      And Avery moves to South Africa
      And Avery moves to Virginia
      And Gus changes the display name
      Then Avery's setting 'Personal Information' is off
      And no advertising vendor receives Avery's data

  @clause-8.US.7
  Rule: Who wants neither sale nor profiling that decides is heard, and neither is done
    Requests are taken and kept on record. Nothing about anybody in these states is sold, asked or not.

    @policy @api @record
    Scenario Outline: <residence>: Avery <opts out>, and is heard
      Given Avery lives in <residence> and has an account
      When Avery <opts out>
      Then Avery's request is taken, and nothing more is asked
      And Avery is opted out of profiling that decides
      And the ledger shows the request of Avery

      Examples:
        | residence   | opts out                           |
        | Colorado    | asks for no profiling that decides |
        | Connecticut | asks for no profiling that decides |
        | Utah        | asks for no profiling that decides |
        | Virginia    | asks for no profiling that decides |

    @policy @api @record @needs-mail-intake
    Scenario Outline: <residence>: a mail is heard too
      Given Avery lives in <residence> and has an account
      When Avery asks by mail for no profiling that decides
      Then Avery is opted out of profiling that decides
      And the ledger shows the request of Avery

      Examples:
        | residence   |
        | Connecticut |
        | Utah        |

    @derived @api @record @needs-clock
    Scenario Outline: <residence>: it stays so for more than a year
      Given it is 9 July 2026, 14:23:37 in UTC
      And Avery lives in <residence> and has an account
      When Avery asks for no profiling that decides
      And 13 months pass
      And Avery signs in without a signal
      And Avery uses everything in the account without a signal
      Then the ledger shows the request of Avery
      When Avery switches the setting 'Personal Information' off
      Then Avery is opted out of profiling that decides

      Examples:
        | residence   |
        | Colorado    |
        | Connecticut |

    @policy @api @record
    Scenario Outline: <residence>: Avery wants nothing sold, and is heard
      Given Avery lives in <residence> and has an account
      When Avery asks not to be sold or shared
      Then Avery's request is taken, and nothing more is asked
      And Avery is opted out of sale and sharing
      And the ledger shows the request of Avery

      Examples:
        | residence   |
        | Colorado    |
        | Connecticut |
        | Utah        |
        | Virginia    |

    @policy @outbound @record @needs-clock
    Scenario Outline: <residence>: nothing is sold
      Given Avery lives in <residence> and has an account
      And Avery has consented to e-mail marketing
      And Avery has consented to profiling
      When Avery changes the display name
      And 13 months pass
      And Avery signs in without a signal
      And Avery changes the display name
      Then nothing about Avery was sold
      And the ledger shows no sale

      Examples:
        | residence   |
        | Colorado    |
        | Connecticut |
        | Utah        |
        | Virginia    |

  @clause-8.US.8
  Rule: The opt-out preference signal opts out the account, not the visit
    Colorado and Connecticut have browsers that send the signal (Global Privacy Control) heard as an opt-out of targeted
    advertising and sale.

    @law @api @outbound
    Scenario Outline: <residence>: the signal is heard when Avery <does something>
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      When Avery <does something> with the opt-out signal
      And Gus changes the display name
      Then Avery is opted out of sale and sharing by the signal
      And Gus is not opted out of sale and sharing
      And every advertising vendor is told to stop using Avery's data
      And no advertising vendor receives Avery's data

      Examples:
        | residence   | does something           |
        | Colorado    | looks at the account     |
        | Colorado    | signs in                 |
        | Connecticut | signs in                 |
        | Connecticut | changes the display name |

    @law @api @outbound
    Scenario Outline: <residence>: heard wherever it comes, and each time anew
      Given Avery lives in <residence> and has an account
      Then whatever Avery does with the opt-out signal opts out, each time anew

      Examples:
        | residence   |
        | Colorado    |
        | Connecticut |

    @law @api @outbound
    Scenario Outline: <residence>: who sends it <moment> is never shared with a vendor
      Given Avery lives in <residence> and has a verified Sony account
      And Gus is Avery's twin and has a verified Sony account
      When Avery signs in <at sign-in>
      And Avery creates the account <at creation>
      And Gus signs in without a signal
      And Gus creates the account without a signal
      Then no advertising vendor receives Avery's data
      And Avery is opted out of sale and sharing by the signal
      And Gus is not opted out of sale and sharing

      Examples:
        | residence   | moment               | at sign-in              | at creation             |
        | Colorado    | signing in           | with the opt-out signal | without a signal        |
        | Connecticut | creating the account | without a signal        | with the opt-out signal |

    @law @api @outbound
    Scenario Outline: <residence>: sent once and then absent, it still counts
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      And Avery has looked at the account with the opt-out signal
      When Avery signs in without a signal
      And Avery changes the display name without a signal
      And Gus changes the display name
      Then Avery is opted out of sale and sharing by the signal
      And no advertising vendor receives Avery's data

      Examples:
        | residence   |
        | Colorado    |
        | Connecticut |

    @law @api @outbound @needs-clock
    Scenario Outline: <residence>: a year and more without the signal lifts nothing
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      When 3 months pass
      And Avery signs in with the opt-out signal
      Then every advertising vendor is told to stop using Avery's data
      When 14 months pass
      And Avery signs in without a signal
      And Avery uses everything in the account without a signal
      And Avery moves to New York
      And Avery moves to Mexico
      And Avery moves to <residence>
      And Gus signs in without a signal
      And Gus changes the display name
      Then Avery is opted out of sale and sharing by the signal
      And no advertising vendor receives Avery's data

      Examples:
        | residence   |
        | Colorado    |
        | Connecticut |

    @law @api @outbound
    Scenario: The signal of somebody who has moved to Connecticut is heard
      Given Avery lives in Utah and has an account
      And Gus is Avery's twin but lives in Connecticut and has an account
      And an advertising vendor holds Avery's data
      And Avery has moved to Connecticut
      When Avery looks at the account with the opt-out signal
      And Avery changes the display name without a signal
      And Gus changes the display name
      Then Avery is opted out of sale and sharing by the signal
      And every advertising vendor is told to stop using Avery's data
      And no advertising vendor receives Avery's data
