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
        | residence   | opts out                                     |
        | Colorado    | turns the setting 'Personal Information' off |
        | Connecticut | turns the setting 'Personal Information' off |
        | Utah        | turns the setting 'Personal Information' off |
        | Virginia    | turns the setting 'Personal Information' off |
        | Colorado    | requests an opt-out of targeted advertising  |
        | Connecticut | requests an opt-out of targeted advertising  |
        | Utah        | requests an opt-out of targeted advertising  |
        | Virginia    | requests an opt-out of targeted advertising  |

    @policy @api @outbound @needs-mail-intake
    Scenario Outline: <residence>: Avery asks by mail
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      When Avery requests an opt-out of targeted advertising by mail
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
      And Avery has turned the setting 'Personal Information' off
      When Avery <does something>
      And Avery changes the display name
      And Gus changes the display name
      Then Avery's setting 'Personal Information' is off
      And Avery is opted out of sale and sharing
      And no advertising vendor receives Avery's data

      Examples:
        | residence   | does something                     |
        | Virginia    | signs in                           |
        | Utah        | consents to e-mail marketing       |
        | Colorado    | uses every function of the account |
        | Connecticut | uses every function of the account |

    @derived @api @outbound @needs-clock
    Scenario Outline: <residence>: more than a year after Avery <opts out>
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      When 3 months pass
      And Avery signs in
      And Avery <opts out>
      Then every advertising vendor is told to stop using Avery's data
      When 13 months pass
      And Avery signs in
      And Avery uses every function of the account
      And Avery moves to Brazil
      And Avery moves to <residence>
      And Gus signs in
      And Gus changes the display name
      Then Avery's setting 'Personal Information' is off
      And Avery is opted out of sale and sharing
      And no advertising vendor receives Avery's data

      Examples:
        | residence   | opts out                                     |
        | Colorado    | requests an opt-out of targeted advertising  |
        | Connecticut | turns the setting 'Personal Information' off |
        | Utah        | turns the setting 'Personal Information' off |
        | Virginia    | requests an opt-out of targeted advertising  |

    @derived @api @outbound
    Scenario Outline: <residence>: off, on, and off again
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And Avery has <opted out>
      And Avery has turned the setting 'Personal Information' on
      And Avery has changed the display name
      And an advertising vendor holds Avery's data
      When Avery turns the setting 'Personal Information' off
      And Gus changes the display name
      Then Avery is opted out of sale and sharing
      And every advertising vendor is told to stop using Avery's data
      When Avery changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Avery's data

      Examples:
        | residence | opted out                                     |
        | Colorado  | turned the setting 'Personal Information' off |
        | Virginia  | requested an opt-out of targeted advertising  |

    @derived @api @outbound @needs-backups
    Scenario: A restore leaves the setting off
      Given the service backs up to object storage
      And Avery lives in Utah and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      And a backup has been made
      When Avery turns the setting 'Personal Information' off
      And the backup is restored
      And Avery signs in
      And Gus signs in
      And Avery changes the display name
      And Gus changes the display name
      Then Avery's setting 'Personal Information' is off
      And no advertising vendor receives Avery's data

    @derived @api @outbound
    Scenario: A move to Utah and back leaves the setting off
      Given Avery lives in Virginia and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      And Avery has turned the setting 'Personal Information' off
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
      Then Avery's request is accepted without further questions
      And Avery is opted out of profiling
      And the request ledger shows Avery's request

      Examples:
        | residence   | opts out                         |
        | Colorado    | requests an opt-out of profiling |
        | Connecticut | requests an opt-out of profiling |
        | Utah        | requests an opt-out of profiling |
        | Virginia    | requests an opt-out of profiling |

    @policy @api @record @needs-mail-intake
    Scenario Outline: <residence>: a mail is heard too
      Given Avery lives in <residence> and has an account
      When Avery requests an opt-out of profiling by mail
      Then Avery is opted out of profiling
      And the request ledger shows Avery's request

      Examples:
        | residence   |
        | Connecticut |
        | Utah        |

    @derived @api @record @needs-clock
    Scenario Outline: <residence>: it stays so for more than a year
      Given it is 9 July 2026, 14:23:37 in UTC
      And Avery lives in <residence> and has an account
      When Avery requests an opt-out of profiling
      And 13 months pass
      And Avery signs in
      And Avery uses every function of the account
      Then the request ledger shows Avery's request
      When Avery turns the setting 'Personal Information' off
      Then Avery is opted out of profiling

      Examples:
        | residence   |
        | Colorado    |
        | Connecticut |

    @policy @api @record
    Scenario Outline: <residence>: Avery wants nothing sold, and is heard
      Given Avery lives in <residence> and has an account
      When Avery requests an opt-out of sale and sharing
      Then Avery's request is accepted without further questions
      And Avery is opted out of sale and sharing
      And the request ledger shows Avery's request

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
      And Avery signs in
      And Avery changes the display name
      Then Avery's data is not sold
      And the disclosure ledger shows no sale

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
        | Colorado    | views the account        |
        | Colorado    | signs in                 |
        | Connecticut | signs in                 |
        | Connecticut | changes the display name |

    @law @api @outbound
    Scenario Outline: <residence>: heard wherever it comes, and each time anew
      Given Avery lives in <residence> and has an account
      Then every action of Avery with the opt-out signal opts out

      Examples:
        | residence   |
        | Colorado    |
        | Connecticut |

    @law @api @outbound
    Scenario Outline: <residence>: who sends it <moment> is never shared with a vendor
      Given Avery lives in <residence> and has a verified Sony account
      And Gus is Avery's twin and has a verified Sony account
      When Avery <signs in>
      And Avery <creates the account>
      And Gus signs in
      And Gus creates the SHES account
      Then no advertising vendor receives Avery's data
      And Avery is opted out of sale and sharing by the signal
      And Gus is not opted out of sale and sharing

      Examples:
        | residence   | moment               | signs in                         | creates the account                              |
        | Colorado    | signing in           | signs in with the opt-out signal | creates the SHES account                         |
        | Connecticut | creating the account | signs in                         | creates the SHES account with the opt-out signal |

    @law @api @outbound
    Scenario Outline: <residence>: sent once and then absent, it still counts
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      And Avery has sent the opt-out signal
      When Avery signs in
      And Avery changes the display name
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
      And Avery signs in
      And Avery uses every function of the account
      And Avery moves to New York
      And Avery moves to Mexico
      And Avery moves to <residence>
      And Gus signs in
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
      When Avery views the account with the opt-out signal
      And Avery changes the display name
      And Gus changes the display name
      Then Avery is opted out of sale and sharing by the signal
      And every advertising vendor is told to stop using Avery's data
      And no advertising vendor receives Avery's data
