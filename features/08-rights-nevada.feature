Feature: 8 Rights in Nevada
  What residents of Nevada can ask of the service beyond what everybody can.

  @clause-8.NV.1
  Rule: A mail to the named address opts out of sale
    It has the set subject, and says name, postal address, postal code and e-mail address.

    @policy @api @mail @needs-mail-intake
    Scenario: A mail that says all it must is taken in
      Given Nevin lives in Nevada and has an account
      And Gus is Nevin's twin and has an account
      When Nevin requests an opt-out under Nevada law by mail
      Then Nevin's request is accepted
      And Nevin is opted out of sale and sharing
      And Gus is not opted out of sale and sharing

    @derived @api @mail @needs-mail-intake
    Scenario Outline: The set subject, written as “<subject>”
      Given Nevin lives in Nevada and has an account
      When Nevin requests an opt-out under Nevada law by mail under the subject “<subject>”
      Then Nevin's request is accepted
      And Nevin is opted out of sale and sharing

      Examples:
        | subject                            |
        | Your Nevada Rights - SHES Account  |
        | your nevada rights – shes account  |
        | Your Nevada Rights — SHES Account. |

    @derived @api @mail @needs-mail-intake
    Scenario Outline: Written <manner>
      Given Nevin lives in Nevada and has an account
      When Nevin requests an opt-out under Nevada law by mail <manner>
      Then Nevin's request is accepted
      And Nevin is opted out of sale and sharing

      Examples:
        | manner                          |
        | with the lines in another order |
        | among other lines               |
        | with the address in capitals    |

    @derived @api @mail @needs-mail-intake @needs-clock
    Scenario: A mail from another address than it names
      Given Nevin lives in Nevada and has an account
      And Gus is Nevin's twin and has an account
      When Gus requests an opt-out under Nevada law by mail on behalf of Nevin
      And 60 days pass
      Then Gus's request is answered by mail
      When Nevin signs in
      And Gus signs in
      Then Nevin is opted out of sale and sharing
      And Gus is not opted out of sale and sharing

    @derived @api @mail @needs-mail-intake
    Scenario: A second mail does no harm
      Given Nevin lives in Nevada and has an account
      And Nevin has requested an opt-out under Nevada law by mail
      And Nevin's request is accepted
      When Nevin requests an opt-out under Nevada law by mail
      Then Nevin's request is accepted
      And Nevin is opted out of sale and sharing

    @derived @api @mail @needs-mail-intake
    Scenario: Who has no SHES account yet is opted out when it comes
      Given Nevin lives in Nevada and has a verified Sony account
      When Nevin requests an opt-out under Nevada law by mail
      And Nevin signs in
      And Nevin creates the SHES account
      Then Nevin's request is accepted
      And Nevin is opted out of sale and sharing

  @clause-8.NV.2
  Rule: Who leaves something out learns what
    A request by another way, or one that does not say all it must, need not be honoured; it may be. Whoever made it is not
    left without a word.

    @derived @mail @needs-mail-intake
    Scenario Outline: A mail without <what>
      Given Nevin lives in Nevada and has an account
      When Nevin requests an opt-out under Nevada law by mail without <what>
      Then Nevin is informed of what is missing, or the request is honoured

      Examples:
        | what                                   |
        | the name                               |
        | the postal address                     |
        | the postal code                        |
        | the e-mail address                     |
        | the postal address and the postal code |

    @derived @mail @needs-mail-intake
    Scenario Outline: A mail with nothing behind <what>
      Given Nevin lives in Nevada and has an account
      When Nevin requests an opt-out under Nevada law by mail with nothing entered for <what>
      Then Nevin is informed of what is missing, or the request is honoured

      Examples:
        | what            |
        | the postal code |
        | the name        |

    @derived @mail @needs-mail-intake
    Scenario: Who leaves something out a second time learns it again
      Given Nevin lives in Nevada and has an account
      And Nevin has requested an opt-out under Nevada law by mail without the postal code
      When Nevin requests an opt-out under Nevada law by mail without the name
      Then Nevin is informed of what is missing, or the request is honoured

    @derived @mail @needs-mail-intake
    Scenario: Somebody without an account learns it too
      Given Nevin lives in Nevada
      When Nevin requests an opt-out under Nevada law by mail without the postal code
      Then Nevin is informed of what is missing, or the request is honoured

    @derived @api
    Scenario Outline: A request by another way, without <what>
      Given Nevin lives in Nevada and has an account
      When Nevin requests an opt-out under Nevada law without <what>
      Then Nevin is informed of what is missing, or the request is honoured

      Examples:
        | what                         |
        | the name                     |
        | the postal address           |
        | the postal code              |
        | the name and the postal code |

    @derived @api @needs-mail-intake
    Scenario: Who then says all of it is heard
      Given Nevin lives in Nevada and has an account
      And Nevin has requested an opt-out under Nevada law by mail without the postal code
      When Nevin requests an opt-out under Nevada law by mail
      Then Nevin is opted out of sale and sharing

  @clause-8.NV.3
  Rule: A valid request is answered within sixty days
    Once, without being asked again, to whoever wrote.

    @policy @api @mail @needs-mail-intake @needs-clock
    Scenario: Sixty days on there is an answer
      Given Nevin lives in Nevada and has an account
      When Nevin requests an opt-out under Nevada law by mail
      And 60 days pass
      And Nevin signs in
      Then Nevin's request is answered by mail
      And Nevin's request is answered within 60 days

    @policy @mail @needs-mail-intake @needs-clock
    Scenario: Somebody without an account gets an answer too
      Given Nevin lives in Nevada
      When Nevin requests an opt-out under Nevada law by mail
      And 60 days pass
      Then Nevin's request is answered by mail

    @derived @mail @needs-mail-intake @needs-clock
    Scenario: Whoever wrote is answered, not whom the mail names
      Given Nevin lives in Nevada and has an account
      And Gus is Nevin's twin and has an account
      When Gus requests an opt-out under Nevada law by mail on behalf of Nevin
      And 60 days pass
      Then Gus's request is answered by mail

    @derived @api @mail @needs-mail-intake @needs-clock
    Scenario: The third request is answered like the first
      Given Nevin lives in Nevada and has an account
      And Nevin has requested an opt-out under Nevada law by mail
      And Nevin's request is accepted
      And Nevin has requested an opt-out under Nevada law by mail
      And Nevin's request is accepted
      When 100 days pass
      And Nevin requests an opt-out under Nevada law by mail
      And 60 days pass
      And Nevin signs in
      Then Nevin's request is answered by mail
      And Nevin's request is answered within 60 days

  @clause-8.NV.4
  Rule: Nothing is sold, and who opted out would stay out
    Nothing of what Nevada protects goes to anybody for money. An opt-out is kept for the day that it might.

    @policy @outbound @record @needs-clock
    Scenario: Nothing about Nevin is sold
      Given Nevin lives in Nevada and has an account
      And Nevin has consented to e-mail marketing
      When Nevin changes the display name
      And 13 months pass
      And Nevin signs in
      And Nevin changes the display name
      Then Nevin's data is not sold
      And the disclosure ledger shows no sale

    @derived @outbound @record @needs-mail-intake @needs-clock
    Scenario: The opt-out is on record
      Given it is 9 July 2026, 14:23:37 in UTC
      And Nevin lives in Nevada and has an account
      And Gus is Nevin's twin and has an account
      And an advertising vendor holds Nevin's data
      When Nevin requests an opt-out under Nevada law by mail
      And Nevin changes the display name
      And Gus changes the display name
      Then the request ledger shows Nevin's request
      And Nevin's data is not sold
      And no advertising vendor receives Nevin's data

    @derived @outbound @record @needs-mail-intake @needs-clock
    Scenario: Two years on it holds
      Given Nevin lives in Nevada and has an account
      And Gus is Nevin's twin and has an account
      When Nevin requests an opt-out under Nevada law by mail
      And 24 months pass
      And Nevin signs in
      And Nevin uses every function of the account
      And Nevin moves to California
      And Nevin moves to Nevada
      And Gus signs in
      And Gus changes the display name
      Then the request ledger shows Nevin's request
      And no advertising vendor receives Nevin's data
      And Nevin's data is not sold
      And the disclosure ledger shows no sale
