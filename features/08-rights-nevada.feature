Feature: 8 Rights in Nevada
  Rights of residents of Nevada in addition to the rights in all countries.

  @clause-8.NV.1
  Rule: A mail to the designated address opts out of sale
    The mail has the prescribed subject and states name, postal address, postal code and e-mail address.

    @policy @api @mail @needs-mail-intake
    Scenario: A complete mail is accepted and opts the resident out
      Given Nevin lives in Nevada and has an account
      And Gus is Nevin's twin and has an account
      When Nevin requests an opt-out under Nevada law by mail
      Then Nevin's request is accepted
      And Nevin is opted out of sale and sharing
      And Gus is not opted out of sale and sharing

    @derived @api @mail @needs-mail-intake
    Scenario Outline: The prescribed subject is recognised as “<subject>”
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
    Scenario Outline: A mail <manner> is accepted
      Given Nevin lives in Nevada and has an account
      When Nevin requests an opt-out under Nevada law by mail <manner>
      Then Nevin's request is accepted
      And Nevin is opted out of sale and sharing

      Examples:
        | manner                          |
        | with the lines in another order |
        | with additional lines           |
        | with the address in capitals    |
        | as HTML                         |
        | as text and HTML                |
        | as a reply                      |
        | as a forwarded mail             |
        | with broken lines               |
        | in an older character set       |
        | in capitals                     |

    @derived @api @mail @needs-mail-intake @needs-clock
    Scenario: A mail from another address opts out the person it names
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
    Scenario: A second mail is accepted and changes nothing
      Given Nevin lives in Nevada and has an account
      And Nevin has requested an opt-out under Nevada law by mail
      And Nevin's request is accepted
      When Nevin requests an opt-out under Nevada law by mail
      Then Nevin's request is accepted
      And Nevin is opted out of sale and sharing

    @derived @api @mail @needs-mail-intake
    Scenario: A mail sent before the SHES account exists opts the later account out
      Given Nevin lives in Nevada and has a verified Sony account
      When Nevin requests an opt-out under Nevada law by mail
      And Nevin signs in
      And Nevin creates the SHES account
      Then Nevin's request is accepted
      And Nevin is opted out of sale and sharing

  @clause-8.NV.2
  Rule: The sender of an incomplete request is informed of what is missing
    A request by another route, or one that does not state every detail, need not be honoured, but may be. Its sender is
    not left without a reply.

    @derived @mail @needs-mail-intake
    Scenario Outline: A mail without <details> is honoured, or its sender is informed
      Given Nevin lives in Nevada and has an account
      When Nevin requests an opt-out under Nevada law by mail without <details>
      Then Nevin is informed of what is missing, or the request is honoured

      Examples:
        | details                                |
        | the name                               |
        | the postal address                     |
        | the postal code                        |
        | the e-mail address                     |
        | the postal address and the postal code |

    @derived @mail @needs-mail-intake
    Scenario Outline: A mail with nothing entered for <details> is honoured, or its sender is informed
      Given Nevin lives in Nevada and has an account
      When Nevin requests an opt-out under Nevada law by mail with nothing entered for <details>
      Then Nevin is informed of what is missing, or the request is honoured

      Examples:
        | details         |
        | the postal code |
        | the name        |

    @derived @mail @needs-mail-intake
    Scenario: A second incomplete mail is honoured, or its sender is informed again
      Given Nevin lives in Nevada and has an account
      And Nevin has requested an opt-out under Nevada law by mail without the postal code
      When Nevin requests an opt-out under Nevada law by mail without the name
      Then Nevin is informed of what is missing, or the request is honoured

    @derived @mail @needs-mail-intake
    Scenario: An incomplete mail of a person without an account is honoured, or its sender is informed
      Given Nevin lives in Nevada
      When Nevin requests an opt-out under Nevada law by mail without the postal code
      Then Nevin is informed of what is missing, or the request is honoured

    @derived @api
    Scenario Outline: A request by another route without <details> is honoured, or its sender is informed
      Given Nevin lives in Nevada and has an account
      When Nevin requests an opt-out under Nevada law without <details>
      Then Nevin is informed of what is missing, or the request is honoured

      Examples:
        | details                      |
        | the name                     |
        | the postal address           |
        | the postal code              |
        | the name and the postal code |

    @derived @api @needs-mail-intake
    Scenario: A complete mail after an incomplete one is honoured
      Given Nevin lives in Nevada and has an account
      And Nevin has requested an opt-out under Nevada law by mail without the postal code
      When Nevin requests an opt-out under Nevada law by mail
      Then Nevin is opted out of sale and sharing

  @clause-8.NV.3
  Rule: A valid request is answered within sixty days
    The sender receives an answer without a reminder.

    @policy @api @mail @needs-mail-intake @needs-clock
    Scenario: A request of an account holder is answered within sixty days
      Given Nevin lives in Nevada and has an account
      When Nevin requests an opt-out under Nevada law by mail
      And 60 days pass
      And Nevin signs in
      Then Nevin's request is answered by mail
      And Nevin's request is answered within 60 days

    @policy @mail @needs-mail-intake @needs-clock
    Scenario: A request of a person without an account is answered within sixty days
      Given Nevin lives in Nevada
      When Nevin requests an opt-out under Nevada law by mail
      And 60 days pass
      Then Nevin's request is answered by mail

    @derived @mail @needs-mail-intake @needs-clock
    Scenario: The sender of a mail is answered, not the person it names
      Given Nevin lives in Nevada and has an account
      And Gus is Nevin's twin and has an account
      When Gus requests an opt-out under Nevada law by mail on behalf of Nevin
      And 60 days pass
      Then Gus's request is answered by mail

    @derived @api @mail @needs-mail-intake @needs-clock
    Scenario: A third request is answered within sixty days
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
  Rule: No covered data is sold, and an opt-out remains on record
    No data that Nevada law protects is exchanged for money. An opt-out is kept in case it ever were.

    @policy @outbound @record @needs-clock
    Scenario: No data of a resident of Nevada is sold
      Given Nevin lives in Nevada and has an account
      And Nevin has consented to e-mail marketing
      When Nevin changes the display name
      And 13 months pass
      And Nevin signs in
      And Nevin changes the display name
      Then Nevin's data is not sold
      And the disclosure ledger shows no sale

    @derived @outbound @record @needs-mail-intake @needs-clock
    Scenario: The opt-out is recorded and honoured
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
    Scenario: The opt-out persists for two years
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
