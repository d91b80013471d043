Feature: 8 Rights in the EEA, the United Kingdom and Switzerland
  What residents of these countries can ask of the service beyond what everybody can.

  @clause-8.EU.6
  Rule: Who objects to direct marketing is left alone
    Nothing is weighed and nothing asked: the consent to marketing ends, and the profiling for it with it, at once and at
    the company that had the data.

    @policy @api @outbound
    Scenario Outline: <residence> objects: <because>
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
      And Femke's company is told to stop using Femke's data
      And Femke's company does not receive Femke's data for e-mail marketing
      And Bram's company receives Bram's data for e-mail marketing

      Examples:
        | residence          | because               |
        | the Netherlands    | a member of the EU    |
        | Norway             | of the EEA alone, too |
        | Liechtenstein      | of the EEA, and small |
        | Greece             | another script        |
        | Iceland            | of the EEA alone      |
        | the United Kingdom | a law of its own      |
        | Switzerland        | another law           |

    @derived @api @outbound @record
    Scenario Outline: Whatever the company had for marketing ends when Femke <objects>
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke receives personalised marketing
      And Femke is profiled
      And Bram receives personalised marketing
      When Femke <objects>
      Then Femke's consent record shows when the objection ended the consents
      And Femke's company is told to stop using Femke's data for e-mail marketing
      And Femke's company is told to stop using Femke's data for personalisation
      And Femke's company is told to stop using Femke's data for profiling
      When Femke allows the use of viewing and gaming data in the television app
      And Femke changes the display name
      And Bram changes the display name
      Then Femke's consent to e-mail marketing is not in force
      And Femke's consent to profiling is not in force
      And nobody receives Femke's data for personalisation
      And Bram's company receives Bram's data for e-mail marketing

      Examples:
        | residence | objects                                                          |
        | Norway    | requests an end to direct marketing                              |
        | Poland    | requests an end to direct marketing with the address in capitals |

    @derived @api @outbound @record @needs-clock
    Scenario: Months after the last share
      Given Femke lives in Germany and has an account
      And Bram is Femke's twin and has an account
      And Femke receives personalised marketing
      And Femke is profiled
      When 3 months pass
      And Femke signs in
      And Femke requests an end to direct marketing
      Then Femke's consent record shows when the objection ended the consents
      And Femke's company is told to stop using Femke's data for e-mail marketing
      And Femke's company is told to stop using Femke's data for personalisation
      And Femke's company is told to stop using Femke's data for profiling

    @derived @api @outbound
    Scenario: Who objects before having a SHES account
      Given Femke lives in the Netherlands and has a verified Sony account
      And Gus lives in New York and has an account
      When Femke requests an end to direct marketing
      Then Femke's request is accepted without further questions
      When Femke signs in
      And Femke creates the SHES account
      And Femke moves to California
      And Gus changes the display name
      Then no advertising vendor receives Femke's data

    @derived @api @outbound @needs-mail-intake
    Scenario: A mail is enough
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to profiling
      And Femke has consented to personalisation
      When Femke requests an end to direct marketing by mail with the address in capitals
      And Femke changes the display name
      Then Femke's consent to e-mail marketing is not in force
      And Femke's consent to profiling is not in force
      And Femke's company is told to stop using Femke's data
      And Femke's company does not receive Femke's data for e-mail marketing

    @derived @api @outbound @needs-clock
    Scenario: Nothing that waited for the company is delivered after the objection
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

    @derived @api @outbound @needs-backups
    Scenario: A restore brings nothing of it back
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
    Scenario Outline: A later move to <elsewhere> brings no advertising
      Given Femke lives in <residence> and has an account
      And Gus lives in New York and has an account
      And Femke has consented to e-mail marketing
      And Femke has requested an end to direct marketing
      When Femke moves to <elsewhere>
      And Femke changes the display name
      And Gus changes the display name
      Then no advertising vendor receives Femke's data
      And Femke's company does not receive Femke's data for e-mail marketing

      Examples:
        | residence       | elsewhere  |
        | the Netherlands | California |
        | Switzerland     | New York   |

    @derived @api @outbound
    Scenario: Objecting again does no harm, and a later consent counts again
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
      And Femke's company is told to stop using Femke's data for e-mail marketing

    @derived @api
    Scenario: Who never consented can object too
      Given Femke lives in Germany and has an account
      When Femke requests an end to direct marketing
      Then Femke's request is accepted without further questions
      And Femke has no consent in force

  @clause-8.EU.7
  Rule: A consent can be withdrawn at any time, as easily as it was given
    One step ends it, whichever it is and whenever. What was done under it before stays on record as it was.

    @law @api @record
    Scenario Outline: <residence> withdraws from <purpose>
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

    @policy @api @record @needs-clock
    Scenario Outline: It works after <months> months
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      When <months> months pass
      And Femke signs in
      And Femke withdraws consent to e-mail marketing
      Then Femke's withdrawal takes effect in one step
      And Femke's consent to e-mail marketing is not in force
      And Femke's consent record shows every consent with its time, text and language

      Examples:
        | months |
        | 1      |
        | 37     |

    @policy @api @record @needs-clock
    Scenario: Each consent keeps its own history
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
    Scenario: A sign-in of last week is enough for a consent that was given in an app
      Given Femke lives in Austria and has an account
      And Femke has consented to profiling in the television app
      When 8 days pass
      And Femke withdraws consent to profiling in the earlier session
      Then Femke's withdrawal takes effect in one step
      And Femke's consent to profiling is not in force
      And Femke's consent record shows every consent with its time, text and language

    @derived @api @record @needs-clock
    Scenario: The end by the link in a mail is on record too
      Given Femke lives in Norway and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to personalisation
      When 1 day passes
      And Femke's company sends its marketing mail
      And Femke unsubscribes through the link in the mail
      Then Femke's consent to e-mail marketing is not in force
      And Femke's consent record shows every consent with its time, text and language

    @derived @api @record @needs-clock
    Scenario: Withdrawing again changes nothing of what is on record
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to profiling
      And Femke has withdrawn consent to profiling
      When 2 days pass
      And Femke withdraws consent to profiling
      Then Femke's withdrawal takes effect in one step
      And Femke's consent to profiling is not in force
      And Femke's consent record shows every consent with its time, text and language
