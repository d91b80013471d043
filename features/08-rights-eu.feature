Feature: 8 Rights in the EEA, the United Kingdom and Switzerland
  Rights of residents of these countries in addition to the rights in all countries.

  @clause-8.EU.6
  Rule: An objection to direct marketing ends it
    No interests are weighed and no questions asked: consent to marketing and to profiling for it ends at once, and the
    group company that holds the data is instructed to stop.

    @policy @api @outbound
    Scenario Outline: An objection in <residence> ends direct marketing: <reason>
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to profiling
      And Bram has consented to e-mail marketing
      When Femke requests an end to direct marketing
      And Femke changes the display name
      And Bram changes the display name
      Then Femke's request is accepted without further questions
      And Femke's consent to e-mail marketing is not in force
      And Femke's consent to profiling is not in force
      And Bram's consent to e-mail marketing is in force
      And Femke's company is instructed to stop using Femke's data
      And Femke's company does not receive Femke's data for e-mail marketing
      And Bram's company receives Bram's data for e-mail marketing

      Examples:
        | residence          | reason                              |
        | the Netherlands    | EU member state                     |
        | Norway             | EEA state outside the EU            |
        | Liechtenstein      | small EEA state outside the EU      |
        | Greece             | EU member state with another script |
        | Iceland            | EEA state outside the EU            |
        | the United Kingdom | UK GDPR                             |
        | Switzerland        | Swiss FADP                          |
        | the Åland Islands  | part of the Union with its own code |
        | French Guiana      | part of the Union overseas          |
        | Guadeloupe         | part of the Union overseas          |
        | Saint Martin       | part of the Union overseas          |
        | Martinique         | part of the Union overseas          |
        | Réunion            | part of the Union overseas          |
        | Mayotte            | part of the Union overseas          |

    @derived @api @outbound @record
    Scenario Outline: In <residence>, an objection ends every marketing purpose at the group company
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke receives personalised marketing
      And Femke is profiled
      And Bram receives personalised marketing
      When Femke <action>
      Then Femke's consent record shows when the objection ended the consents
      And Femke's company is instructed to stop using Femke's data for e-mail marketing
      And Femke's company is instructed to stop using Femke's data for personalisation
      And Femke's company is instructed to stop using Femke's data for profiling
      When Femke allows the use of viewing and gaming data in the television app
      And Femke changes the display name
      And Bram changes the display name
      Then Femke's consent to e-mail marketing is not in force
      And Femke's consent to profiling is not in force
      And nobody receives Femke's data for personalisation
      And Bram's company receives Bram's data for e-mail marketing

      Examples:
        | residence | action                                                           |
        | Norway    | requests an end to direct marketing                              |
        | Poland    | requests an end to direct marketing with the address in capitals |

    @derived @api @outbound @record @needs-clock
    Scenario: An objection three months after the last share ends every marketing purpose
      Given Femke lives in Germany and has an account
      And Bram is Femke's twin and has an account
      And Femke receives personalised marketing
      And Femke is profiled
      When 3 months pass
      And Femke signs in
      And Femke requests an end to direct marketing
      Then Femke's consent record shows when the objection ended the consents
      And Femke's company is instructed to stop using Femke's data for e-mail marketing
      And Femke's company is instructed to stop using Femke's data for personalisation
      And Femke's company is instructed to stop using Femke's data for profiling

    @derived @api @outbound
    Scenario: An objection made before the SHES account exists prevents all sharing with vendors
      Given Femke lives in the Netherlands and has a verified Sony account
      And Gus lives in New York and has an account
      When Femke requests an end to direct marketing
      Then Femke's request is accepted without further questions
      When Femke signs in
      And Femke creates the SHES account
      And Femke moves to California
      And Gus changes the display name
      Then no advertising vendor receives Femke's data

    @derived @api @outbound @record @needs-clock
    Scenario Outline: In <residence>, each of the objections changes nothing else
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Bram has consented to e-mail marketing
      Then the objections of Femke change nothing else

      Examples:
        | residence       |
        | the Netherlands |
        | Switzerland     |

    @derived @api @outbound @needs-mail-intake
    Scenario Outline: In <residence>, an objection by mail <manner> is enough
      Given Femke lives in <residence> and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to profiling
      And Femke has consented to personalisation
      When Femke requests an end to direct marketing by mail <manner>
      And Femke changes the display name
      Then Femke's consent to e-mail marketing is not in force
      And Femke's consent to profiling is not in force
      And Femke's company is instructed to stop using Femke's data
      And Femke's company does not receive Femke's data for e-mail marketing

      Examples:
        | residence       | manner                       |
        | the Netherlands | with the address in capitals |
        | Germany         | as a reply                   |
        | France          | as HTML                      |
        | Poland          | in an older character set    |
        | Norway          | as a forwarded mail          |

    @derived @api @outbound @needs-clock
    Scenario: A share that could not be delivered is not delivered after the objection
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Bram has consented to e-mail marketing
      And Sony Europe B.V. is unreachable
      And Femke has consented to e-mail marketing
      When Femke requests an end to direct marketing
      And Sony Europe B.V. recovers
      And 1 day passes
      Then Femke's consent to e-mail marketing is not in force
      And Sony Europe B.V. does not receive Femke's data for e-mail marketing

    @derived @outbound @needs-clock
    Scenario: The objection reaches a company that fails in every way
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. is unreachable
      When Femke requests an end to direct marketing
      And Sony Europe B.V. fails in every way, for 2 hours each
      And Sony Europe B.V. recovers
      And 1 hour passes
      Then Sony Europe B.V. is instructed exactly once to stop using Femke's data
      And nobody holds Femke's data

    @derived @api @outbound @needs-backups
    Scenario: The objection persists when a backup is restored
      Given the service backs up to object storage
      And Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Femke has consented to profiling
      And a backup has been made
      And Femke has requested an end to direct marketing
      When the backup is restored
      And Femke signs in
      And Bram signs in
      And Femke changes the display name
      And Bram changes the display name
      Then Femke's consent to e-mail marketing is not in force
      And Femke's consent to profiling is not in force
      And Femke's company does not receive Femke's data for e-mail marketing
      And Bram's company receives Bram's data for e-mail marketing

    @derived @outbound
    Scenario Outline: A move to <new residence> after the objection starts no advertising
      Given Femke lives in <residence> and has an account
      And Gus lives in New York and has an account
      And Femke has consented to e-mail marketing
      And Femke has requested an end to direct marketing
      When Femke moves to <new residence>
      And Femke changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Femke's data
      And Femke's company does not receive Femke's data for e-mail marketing

      Examples:
        | residence       | new residence |
        | the Netherlands | California    |
        | Switzerland     | New York      |

    @derived @api @outbound
    Scenario: A second objection is accepted, and a later consent takes effect
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has requested an end to direct marketing
      When Femke requests an end to direct marketing
      Then Femke's request is accepted without further questions
      And Femke's consent to e-mail marketing is not in force
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. holds Femke's data
      And Femke's consent to e-mail marketing is in force
      When Femke requests an end to direct marketing
      Then Femke's consent to e-mail marketing is not in force
      And Femke's company is instructed to stop using Femke's data for e-mail marketing

    @derived @api @outbound @record
    Scenario Outline: Consents given twice end when a resident of <residence> <action>
      Given Femke lives in <residence> and has an account
      And Femke is profiled
      And Femke has consented to e-mail marketing in English
      And Femke has consented to profiling in the headphones app
      And Femke's company holds Femke's data
      When Femke <action>
      And Femke changes the display name
      Then Femke's consent to e-mail marketing is not in force
      And Femke's consent to profiling is not in force
      And Femke's consent record shows when the objection ended the consents
      And nobody holds Femke's data

      Examples:
        | residence | action                              |
        | Belgium   | requests an end to direct marketing |

      @needs-mail-intake
      Examples: By mail
        | residence | action                                      |
        | France    | requests an end to direct marketing by mail |

    @derived @api
    Scenario: An objection is accepted without any earlier consent
      Given Femke lives in Germany and has an account
      When Femke requests an end to direct marketing
      Then Femke's request is accepted without further questions
      And Femke has no consent in force

  @clause-8.EU.7
  Rule: Consent can be withdrawn at any time, as easily as it was given
    One step ends any consent at any time. What is recorded of its past remains unchanged.

    @derived @api @outbound @record @needs-clock
    Scenario Outline: In <residence>, each of the withdrawals changes nothing else
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Bram has consented to e-mail marketing
      Then the withdrawals of Femke change nothing else

      Examples:
        | residence          |
        | France             |
        | the United Kingdom |

    @law @api @record
    Scenario Outline: In <residence>, consent to <purpose> is withdrawn in one step
      Given Femke lives in <residence> and has an account
      And Femke has consented to <purpose>
      When Femke withdraws consent to <purpose>
      Then Femke's withdrawal takes effect in one step
      And Femke's consent to <purpose> is not in force
      And Femke's consent record shows every consent with its time, text and language

      Examples:
        | residence          | purpose          |
        | the Netherlands    | e-mail marketing |
        | Greece             | personalisation  |
        | Italy              | profiling        |
        | Poland             | profiling        |
        | Liechtenstein      | e-mail marketing |
        | Iceland            | personalisation  |
        | the United Kingdom | e-mail marketing |
        | the United Kingdom | profiling        |
        | Switzerland        | personalisation  |
        | the Åland Islands  | e-mail marketing |
        | French Guiana      | personalisation  |
        | Guadeloupe         | profiling        |
        | Saint Martin       | e-mail marketing |
        | Martinique         | personalisation  |
        | Réunion            | profiling        |
        | Mayotte            | e-mail marketing |

    @policy @api @record @needs-clock
    Scenario Outline: Consent can still be withdrawn once <time passed>
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      When <time passed>
      And Femke signs in
      And Femke withdraws consent to e-mail marketing
      Then Femke's withdrawal takes effect in one step
      And Femke's consent to e-mail marketing is not in force
      And Femke's consent record shows every consent with its time, text and language

      Examples:
        | time passed    |
        | 1 month passes |
        | 37 months pass |

    @policy @api @record @needs-clock
    Scenario: The consent record keeps a separate history of each consent
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to profiling
      And Femke has consented to e-mail marketing
      When 1 day passes
      And Femke withdraws consent to e-mail marketing
      And 1 day passes
      And Femke consents to e-mail marketing
      And 1 day passes
      And Femke withdraws consent to e-mail marketing
      And 1 day passes
      And Femke consents to e-mail marketing
      And 1 hour passes
      And Femke withdraws consent to e-mail marketing
      Then Femke's withdrawal takes effect in one step
      And Femke's consent to e-mail marketing is not in force
      And Femke's consent to profiling is in force
      And Femke's consent record shows every consent with its time, text and language

    @derived @api @record @needs-clock
    Scenario: A session of the previous week is enough to withdraw consent given in an app
      Given Femke lives in Austria and has an account
      And Femke has consented to profiling in the television app
      When 8 days pass
      And Femke withdraws consent to profiling in the earlier session
      Then Femke's withdrawal takes effect in one step
      And Femke's consent to profiling is not in force
      And Femke's consent record shows every consent with its time, text and language

    @derived @api @record @needs-clock
    Scenario: A withdrawal by the link in a mail is recorded
      Given Femke lives in Norway and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to personalisation
      When 1 day passes
      And Femke's company sends its marketing mail
      And Femke unsubscribes through the link in the mail
      Then Femke's consent to e-mail marketing is not in force
      And Femke's consent record shows every consent with its time, text and language

    @derived @api @record @needs-clock
    Scenario: A second withdrawal does not change the consent record
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to profiling
      And Femke has withdrawn consent to profiling
      When 2 days pass
      And Femke withdraws consent to profiling
      Then Femke's withdrawal takes effect in one step
      And Femke's consent to profiling is not in force
      And Femke's consent record shows every consent with its time, text and language

    @derived @api @record @outbound @needs-clock
    Scenario Outline: In <residence>, one withdrawal ends a consent to <purpose> given twice
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke is profiled
      And Bram is profiled
      When 1 day passes
      And Femke signs in
      And <second consent>
      And 1 day passes
      And Femke signs in
      And Femke withdraws consent to <purpose>
      Then Femke's consent to <purpose> is not in force
      And Femke's company is instructed to stop using Femke's data for profiling
      And Femke's consent record shows every consent with its time, text and language
      When Femke changes the display name
      And Bram signs in
      And Bram changes the display name
      Then nobody receives Femke's data for profiling

      Examples:
        | residence | purpose          | second consent                                     |
        | Belgium   | profiling        | Femke consents to profiling in the headphones app  |
        | France    | e-mail marketing | Femke consents to e-mail marketing in English      |
