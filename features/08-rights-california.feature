Feature: 8 Rights in California
  What residents of California can ask of the service beyond what everybody can.

  @clause-8.CA.18
  Rule: An opt-out preference signal is heard, and stays heard
    A browser that sends the signal (Global Privacy Control) opts its person's account out of sale and sharing: at once, at
    every advertising vendor, and for good. What the service publishes about the signal is true.

    @law @api @outbound
    Scenario Outline: The signal is heard when Cal <does something>
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And the advertising vendors hold Cal's data
      When Cal <does something> with the opt-out signal
      And Gus changes the display name
      Then Cal is opted out of sale and sharing by the signal
      And every advertising vendor was told to stop using Cal's data
      And no advertising vendor was sent Cal's data
      And Gus is not opted out of sale and sharing

      Examples:
        | does something                     |
        | looks at the account               |
        | looks at the Sony account          |
        | looks at the consents              |
        | looks at the privacy choices       |
        | changes the display name           |
        | consents to e-mail marketing       |
        | withdraws the consent to profiling |
        | signs in                           |

    @law @api @outbound
    Scenario Outline: Who sends the signal when <moment> is never shared with a vendor
      Given Cal lives in California and has verified the address
      And Gus is Cal's twin and has verified the address
      When Cal signs in <at sign-in>
      And Cal creates the account <at creation>
      And Gus signs in without a signal
      And Gus creates the account without a signal
      Then no advertising vendor was sent Cal's data
      And Cal is opted out of sale and sharing by the signal
      And Gus is not opted out of sale and sharing

      Examples:
        | moment               | at sign-in              | at creation             |
        | signing in           | with the opt-out signal | without a signal        |
        | creating the account | without a signal        | with the opt-out signal |

    @law @api @outbound
    Scenario: A later visit without the signal lifts nothing
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And the advertising vendors hold Cal's data
      And Cal has looked at the account with the opt-out signal
      When Cal signs in without a signal
      And Cal looks at the account without a signal
      And Cal changes the display name without a signal
      And Gus changes the display name
      Then no advertising vendor was sent Cal's data
      And Cal is opted out of sale and sharing by the signal

    @law @api @outbound @needs-clock
    Scenario: Thirteen months without the signal lift nothing
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And the advertising vendors hold Cal's data
      And Cal has looked at the account with the opt-out signal
      When 13 months pass
      And Cal signs in without a signal
      And Cal changes the display name without a signal
      And Gus signs in without a signal
      And Gus changes the display name
      Then no advertising vendor was sent Cal's data
      And Cal is opted out of sale and sharing by the signal

    @law @api @outbound
    Scenario Outline: A move to <elsewhere> and back lifts nothing
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And the advertising vendors hold Cal's data
      And Cal has looked at the account with the opt-out signal
      When Cal moves to <elsewhere>
      And Gus moves to <elsewhere>
      And Cal moves to California
      And Gus moves to California
      Then no advertising vendor was sent Cal's data
      And Cal is opted out of sale and sharing by the signal

      Examples:
        | elsewhere       |
        | New York        |
        | the Netherlands |

    @law @api @outbound
    Scenario: The signal of somebody who has moved to California is heard
      Given Cal lives in Nevada and has an account
      And Gus is Cal's twin but lives in California and has an account
      And the advertising vendors hold Cal's data
      And Cal has moved to California
      When Cal looks at the account with the opt-out signal
      And Cal changes the display name without a signal
      And Gus changes the display name
      Then every advertising vendor was told to stop using Cal's data
      And no advertising vendor was sent Cal's data
      And Cal is opted out of sale and sharing by the signal

    @law @outbound @needs-clock
    Scenario: Vendors that were down are told later
      Given Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And the advertising vendors hold Cal's data
      And the advertising vendors are down
      When Cal looks at the account with the opt-out signal
      And 2 days pass
      And the advertising vendors are up again
      And Gus signs in without a signal
      And Gus changes the display name
      And 1 hour passes
      And 2 days pass
      Then every advertising vendor was told to stop using Cal's data
      And no advertising vendor was sent Cal's data

    @law @outbound @needs-clock
    Scenario: What vendors could not be given before the signal they are not given after it
      Given the advertising vendors are down
      And Cal lives in California and has an account
      And Gus is Cal's twin and has an account
      And Cal has looked at the account with the opt-out signal
      When the advertising vendors are up again
      And 1 hour passes
      And 2 days pass
      Then no advertising vendor was sent Cal's data

    @law @api
    Scenario Outline: The header with the value <value> is no signal
      Given Cal lives in California and has an account
      When Cal looks at the account with the header set to <value>
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
      When Cal looks at the account with the opt-out signal
      And Cal changes the display name without a signal
      Then Cal is opted out of sale and sharing by the signal
      And Cal's consent to e-mail marketing stands
      And Sony Electronics Inc. received Cal's data for e-mail marketing
      And Sony Electronics Inc. was not told to stop using Cal's data

    @law @api @outbound
    Scenario: What is published about the signal is true
      Given Cal lives in California and has an account
      And the advertising vendors hold Cal's data
      When Cal looks at the account with the opt-out signal
      Then the service publishes whether it hears the signal, and it is so for Cal
