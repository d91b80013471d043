Feature: 8 Rights in Colorado, Connecticut, Utah and Virginia
  Rights of residents of these states in addition to the rights in all countries.

  @clause-8.US.6
  Rule: An opt-out of targeted advertising is honoured
    The setting of the account or a request suffices. The opt-out takes effect at every advertising vendor, and only the
    person can reverse it, by the setting.

    @policy @api @outbound
    Scenario Outline: In <residence>, the opt-out takes effect when the resident <action>
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      When Avery <action>
      And Avery changes the display name
      And Gus changes the display name
      Then Avery is opted out of sale and sharing
      And Gus is not opted out of sale and sharing
      And every advertising vendor is instructed to stop using Avery's data
      And no advertising vendor receives Avery's data

      Examples:
        | residence   | action                                       |
        | Colorado    | turns the setting 'Personal Information' off |
        | Connecticut | turns the setting 'Personal Information' off |
        | Utah        | turns the setting 'Personal Information' off |
        | Virginia    | turns the setting 'Personal Information' off |
        | Colorado    | requests an opt-out of targeted advertising  |
        | Connecticut | requests an opt-out of targeted advertising  |
        | Utah        | requests an opt-out of targeted advertising  |
        | Virginia    | requests an opt-out of targeted advertising  |

    @derived @api @outbound @record @needs-clock
    Scenario Outline: In <residence>, each of the opt-outs changes nothing else
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And Gus has consented to e-mail marketing
      Then the opt-outs of Avery change nothing else

      Examples:
        | residence |
        | Colorado  |
        | Virginia  |

    @policy @api @outbound @needs-mail-intake
    Scenario Outline: In <residence>, a mail <form> opts the resident out of targeted advertising
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      When Avery requests an opt-out of targeted advertising by mail <form>
      And Avery changes the display name
      And Gus changes the display name
      Then Avery is opted out of sale and sharing
      And every advertising vendor is instructed to stop using Avery's data
      And no advertising vendor receives Avery's data

      Examples:
        | residence   | form                      |
        | Colorado    | as a reply                |
        | Connecticut | as HTML                   |
        | Utah        | in an older character set |
        | Virginia    | as a forwarded mail       |

    @derived @outbound @needs-clock
    Scenario: The opt-out reaches advertising vendors that fail in every way
      Given Avery lives in Colorado and has an account
      And an advertising vendor holds Avery's data
      And every advertising vendor is unreachable
      When Avery requests an opt-out of targeted advertising
      And every advertising vendor fails in every way, for 2 hours each
      And every advertising vendor recovers
      And 1 hour passes
      Then every advertising vendor is instructed to stop using Avery's data

    @derived @api @outbound
    Scenario Outline: In <residence>, the opt-out persists when the resident <action>
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      And Avery has turned the setting 'Personal Information' off
      When Avery <action>
      And Avery changes the display name
      And Gus changes the display name
      Then Avery's setting 'Personal Information' is off
      And Avery is opted out of sale and sharing
      And no advertising vendor receives Avery's data

      Examples:
        | residence   | action                             |
        | Virginia    | signs in                           |
        | Utah        | consents to e-mail marketing       |
        | Colorado    | uses every function of the account |
        | Connecticut | uses every function of the account |

    @derived @api @outbound @needs-clock
    Scenario Outline: In <residence>, the opt-out persists more than a year after the resident <action>
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      When 3 months pass
      And Avery signs in
      And Avery <action>
      Then every advertising vendor is instructed to stop using Avery's data
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
        | residence   | action                                       |
        | Colorado    | requests an opt-out of targeted advertising  |
        | Connecticut | turns the setting 'Personal Information' off |
        | Utah        | turns the setting 'Personal Information' off |
        | Virginia    | requests an opt-out of targeted advertising  |

    @derived @api @outbound
    Scenario Outline: In <residence>, a reversed opt-out takes effect again
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And Avery has <earlier action>
      And Avery has turned the setting 'Personal Information' on
      And Avery has changed the display name
      And an advertising vendor holds Avery's data
      When Avery turns the setting 'Personal Information' off
      And Gus changes the display name
      Then Avery is opted out of sale and sharing
      And every advertising vendor is instructed to stop using Avery's data
      When Avery changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Avery's data

      Examples:
        | residence | earlier action                                |
        | Colorado  | turned the setting 'Personal Information' off |
        | Virginia  | requested an opt-out of targeted advertising  |

    @derived @api @outbound @needs-backups
    Scenario: The setting remains off when a backup is restored
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
    Scenario: The setting remains off after moves out of the state and back
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
  Rule: Opt-outs of sale and of significant-decision profiling are honoured
    Requests are accepted and recorded. No data of residents of these states is sold, with or without a request.

    @policy @api @record
    Scenario Outline: In <residence>, an opt-out of profiling is accepted and recorded
      Given Avery lives in <residence> and has an account
      When Avery <action>
      Then Avery's request is accepted without further questions
      And Avery is opted out of profiling
      And the request ledger shows Avery's request

      Examples:
        | residence   | action                           |
        | Colorado    | requests an opt-out of profiling |
        | Connecticut | requests an opt-out of profiling |
        | Utah        | requests an opt-out of profiling |
        | Virginia    | requests an opt-out of profiling |

    @policy @api @record @needs-mail-intake
    Scenario Outline: In <residence>, an opt-out of profiling by mail <form> takes effect and is recorded
      Given Avery lives in <residence> and has an account
      When Avery requests an opt-out of profiling by mail <form>
      Then Avery is opted out of profiling
      And the request ledger shows Avery's request

      Examples:
        | residence   | form                |
        | Connecticut | as a reply          |
        | Utah        | with broken lines   |
        | Colorado    | as text and HTML    |
        | Virginia    | as a forwarded mail |

    @derived @api @record @needs-clock
    Scenario Outline: In <residence>, an opt-out of profiling persists for more than a year
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
    Scenario Outline: In <residence>, an opt-out of sale is accepted and recorded
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
    Scenario Outline: In <residence>, no personal data is sold
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
  Rule: The opt-out preference signal opts out the account, not only the visit
    Colorado and Connecticut require the signal of a browser (Global Privacy Control) to be honoured as an opt-out of
    targeted advertising and sale.

    @law @api @outbound
    Scenario Outline: In <residence>, the signal is honoured when the resident <action>
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      When Avery <action> with the opt-out signal
      And Gus changes the display name
      Then Avery is opted out of sale and sharing by the signal
      And Gus is not opted out of sale and sharing
      And every advertising vendor is instructed to stop using Avery's data
      And no advertising vendor receives Avery's data

      Examples:
        | residence   | action                   |
        | Colorado    | views the account        |
        | Colorado    | signs in                 |
        | Connecticut | signs in                 |
        | Connecticut | changes the display name |

    @law @api @outbound
    Scenario Outline: In <residence>, the signal is honoured in every operation and each time it is sent
      Given Avery lives in <residence> and has an account
      Then every action of Avery with the opt-out signal opts out

      Examples:
        | residence   |
        | Colorado    |
        | Connecticut |

    @law @api @outbound
    Scenario Outline: In <residence>, a signal sent when <occasion> prevents all sharing with vendors
      Given Avery lives in <residence> and has a verified Sony account
      And Gus is Avery's twin and has a verified Sony account
      When Avery <sign-in>
      And Avery <account creation>
      And Gus signs in
      And Gus creates the SHES account
      Then no advertising vendor receives Avery's data
      And Avery is opted out of sale and sharing by the signal
      And Gus is not opted out of sale and sharing

      Examples:
        | residence   | occasion             | sign-in                          | account creation                                 |
        | Colorado    | signing in           | signs in with the opt-out signal | creates the SHES account                         |
        | Connecticut | creating the account | signs in                         | creates the SHES account with the opt-out signal |

    @law @api @outbound
    Scenario Outline: In <residence>, the opt-out by signal persists on a later visit without the signal
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
    Scenario Outline: In <residence>, the opt-out by signal persists for fourteen months without the signal
      Given Avery lives in <residence> and has an account
      And Gus is Avery's twin and has an account
      And an advertising vendor holds Avery's data
      When 3 months pass
      And Avery signs in with the opt-out signal
      Then every advertising vendor is instructed to stop using Avery's data
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

    @law @api
    Scenario Outline: In <residence>, a header Sec-GPC set to 0 lifts no opt-out of a resident who has <action>
      Given Avery lives in <residence> and has an account
      And Avery has <action>
      Then every action of Avery with the header Sec-GPC set to "0" leaves the opt-out as it was

      Examples:
        | residence   | action                                        |
        | Colorado    | sent the opt-out signal                       |
        | Connecticut | requested an opt-out of targeted advertising  |

    @law @api @outbound
    Scenario: The signal is honoured after a move to Connecticut
      Given Avery lives in Utah and has an account
      And Gus is Avery's twin but lives in Connecticut and has an account
      And an advertising vendor holds Avery's data
      And Avery has moved to Connecticut
      When Avery views the account with the opt-out signal
      And Avery changes the display name
      And Gus changes the display name
      Then Avery is opted out of sale and sharing by the signal
      And every advertising vendor is instructed to stop using Avery's data
      And no advertising vendor receives Avery's data
