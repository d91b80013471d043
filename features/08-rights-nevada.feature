Feature: 8 Rights in Nevada
  What residents of Nevada can ask of the service beyond what everybody can.

  @clause-8.NV.1
  Rule: A mail to the named address opts out of sale
    It has the set subject, and says name, postal address, postal code and e-mail address.

    @policy @api @mail @needs-mail-intake
    Scenario: A mail that says all it must is taken in
      Given Nevin lives in Nevada and has an account
      And Gus is Nevin's twin and has an account
      When Nevin asks by mail as a Nevadan
      Then Nevin's mail is taken
      And Nevin is opted out of sale and sharing
      And Gus is not opted out of sale and sharing

    @derived @api @mail @needs-mail-intake
    Scenario Outline: The set subject, written as “<subject>”
      Given Nevin lives in Nevada and has an account
      When Nevin asks by mail as a Nevadan under the subject “<subject>”
      Then Nevin's mail is taken
      And Nevin is opted out of sale and sharing

      Examples:
        | subject                            |
        | Your Nevada Rights - SHES Account  |
        | your nevada rights – shes account  |
        | Your Nevada Rights — SHES Account. |

    @derived @api @mail @needs-mail-intake
    Scenario Outline: Written <manner>
      Given Nevin lives in Nevada and has an account
      When Nevin asks by mail as a Nevadan <manner>
      Then Nevin's mail is taken
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
      When Gus asks by mail as a Nevadan for Nevin
      And 60 days pass
      Then Gus got an answer by mail
      When Nevin signs in again
      And Gus signs in again
      Then Nevin is opted out of sale and sharing
      And Gus is not opted out of sale and sharing

    @derived @api @mail @needs-mail-intake
    Scenario: A second mail does no harm
      Given Nevin lives in Nevada and has an account
      And there was a time when Nevin asks by mail as a Nevadan
      When Nevin asks by mail as a Nevadan
      Then Nevin's mail is taken
      And Nevin is opted out of sale and sharing

    @derived @api @mail @needs-mail-intake
    Scenario: Who has no SHES account yet is opted out when it comes
      Given Nevin lives in Nevada and has a verified Sony account
      When Nevin asks by mail as a Nevadan
      And Nevin signs in without a signal
      And Nevin creates the account without a signal
      Then Nevin's mail is taken
      And Nevin is opted out of sale and sharing

  @clause-8.NV.2
  Rule: Who leaves something out learns what
    A request by another way, or one that does not say all it must, need not be honoured; it may be. Whoever made it is not
    left without a word.

    @derived @mail @needs-mail-intake
    Scenario Outline: A mail without <what>
      Given Nevin lives in Nevada and has an account
      When Nevin asks by mail as a Nevadan without <what>
      Then Nevin is told by mail what is missing, or the request is honoured

      Examples:
        | what                           |
        | Name                           |
        | Postal address                 |
        | Postal code                    |
        | E-mail                         |
        | Postal address and Postal code |

    @derived @mail @needs-mail-intake
    Scenario Outline: A mail with nothing behind <what>
      Given Nevin lives in Nevada and has an account
      When Nevin asks by mail as a Nevadan with nothing behind <what>
      Then Nevin is told by mail what is missing, or the request is honoured

      Examples:
        | what        |
        | Postal code |
        | Name        |

    @derived @mail @needs-mail-intake
    Scenario: Who leaves something out a second time learns it again
      Given Nevin lives in Nevada and has an account
      And there was a time when Nevin left the postal code out
      When Nevin asks by mail as a Nevadan without Name
      Then Nevin is told by mail what is missing, or the request is honoured

    @derived @mail @needs-mail-intake
    Scenario: Somebody without an account learns it too
      Given Nevin lives in Nevada
      When Nevin asks by mail as a Nevadan without Postal code
      Then Nevin is told by mail what is missing, or the request is honoured

    @derived @api
    Scenario Outline: A request by another way, without <what>
      Given Nevin lives in Nevada and has an account
      When Nevin asks as a Nevadan without <what>
      Then Nevin is told in the answer what is missing, or the request is honoured

      Examples:
        | what                 |
        | Name                 |
        | Postal address       |
        | Postal code          |
        | Name and Postal code |

    @derived @api @needs-mail-intake
    Scenario: Who then says all of it is heard
      Given Nevin lives in Nevada and has an account
      And there was a time when Nevin left the postal code out
      When Nevin asks by mail as a Nevadan
      Then Nevin is opted out of sale and sharing

  @clause-8.NV.3
  Rule: A valid request is answered within sixty days
    Once, without being asked again, to whoever wrote.

    @policy @api @mail @needs-mail-intake @needs-clock
    Scenario: Sixty days on there is an answer
      Given Nevin lives in Nevada and has an account
      When Nevin asks by mail as a Nevadan
      And 60 days pass
      And Nevin signs in again
      Then Nevin got an answer by mail
      And Nevin's account shows the request as answered within 60 days

    @policy @mail @needs-mail-intake @needs-clock
    Scenario: Somebody without an account gets an answer too
      Given Nevin lives in Nevada
      When Nevin asks by mail as a Nevadan
      And 60 days pass
      Then Nevin got an answer by mail

    @derived @mail @needs-mail-intake @needs-clock
    Scenario: Whoever wrote is answered, not whom the mail names
      Given Nevin lives in Nevada and has an account
      And Gus is Nevin's twin and has an account
      When Gus asks by mail as a Nevadan for Nevin
      And 60 days pass
      Then Gus got an answer by mail

    @derived @api @mail @needs-mail-intake @needs-clock
    Scenario: The third request is answered like the first
      Given Nevin lives in Nevada and has an account
      And there was a time when Nevin asks by mail as a Nevadan
      And there was a time when Nevin asks by mail as a Nevadan
      When 100 days pass
      And Nevin asks by mail as a Nevadan
      And 60 days pass
      And Nevin signs in again
      Then Nevin got an answer by mail
      And Nevin's account shows the request as answered within 60 days

  @clause-8.NV.4
  Rule: Nothing is sold, and who opted out would stay out
    Nothing of what Nevada protects goes to anybody for money. An opt-out is kept for the day that it might.

    @policy @outbound @record @needs-clock
    Scenario: Nothing about Nevin is sold
      Given Nevin lives in Nevada and has an account
      And Nevin has consented to e-mail marketing
      When Nevin changes the display name
      And 13 months pass
      And Nevin signs in again
      And Nevin changes the display name
      Then nothing about Nevin was sold
      And the ledger shows no sale

    @derived @outbound @record @needs-mail-intake @needs-clock
    Scenario: The opt-out is on record
      Given it is 9 July 2026, 14:23:37 in UTC
      And Nevin lives in Nevada and has an account
      And Gus is Nevin's twin and has an account
      And an advertising vendor holds Nevin's data
      When Nevin asks by mail as a Nevadan
      And Nevin changes the display name
      And Gus changes the display name
      Then the ledger shows the request of Nevin
      And nothing about Nevin was sold
      And no advertising vendor receives Nevin's data

    @derived @outbound @record @needs-mail-intake @needs-clock
    Scenario: Two years on it holds
      Given Nevin lives in Nevada and has an account
      And Gus is Nevin's twin and has an account
      When Nevin asks by mail as a Nevadan
      And 24 months pass
      And Nevin signs in again
      And Nevin uses everything in the account without a signal
      And Nevin moves to California
      And Nevin moves to Nevada
      And Gus signs in again
      And Gus changes the display name
      Then the ledger shows the request of Nevin
      And no advertising vendor receives Nevin's data
      And nothing about Nevin was sold
      And the ledger shows no sale
