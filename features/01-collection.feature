Feature: 1 What is collected
  Whoever makes an account is asked for a few things. Nothing else is taken, and who gives less gets no account.

  @clause-1.4
  Rule: A Sony account takes five things and nothing else
    They are the e-mail address, a password, the date of birth, the country and the language. What a client sends beyond
    them is not kept, whatever it is called and wherever it stands. A registration that lacks one of the five is turned
    away, and nothing of it stays behind.

    @policy @api @storage
    Scenario: The five are enough, and the account shows them
      Given Femke lives in the Netherlands
      When Femke signs up
      Then Femke has a SHES account
      And Femke's Sony account shows what was entered
      And Femke's Sony account does not show the password
      And Femke's personal data is stored

    @derived @api @storage
    Scenario Outline: Adding <thing> when <moment>: <reason>
      Given Femke lives in <residence>
      When Femke registers adding <thing> when <moment>
      Then Femke's Sony account shows what was entered
      And Femke's Sony account does not show the password
      And Femke's Sony account does not show what Femke added
      And none of Femke's added data is stored

      Examples:
        | residence       | thing                       | moment                         | reason                                       |
        | the Netherlands | a gender                    | registering                    | one word more, beside the five               |
        | Japan           | a given name                | registering                    | many a form asks for it                      |
        | California      | a home address              | registering                    | members within a member, two levels deep     |
        | the Netherlands | interests                   | registering                    | a list, with more inside it                  |
        | South Korea     | the name of a campaign      | registering                    | what stands in an address ends up in logs    |
        | Germany         | a gender                    | registering again              | the second form takes no more than the first |
        | New York        | a given name                | following the link in the mail | a code is all that is asked for              |
        | Brazil          | the model of the television | signing in                     | using the account takes no more than making  |
        | the Netherlands | a search word               | signing in                     | logs again, and nothing is written for it    |
        | the Netherlands | a search word               | viewing the account            | reading stores nothing                       |
        | Switzerland     | interests                   | correcting the date of birth   | a correction is of one thing                 |

    @derived @api @storage
    Scenario Outline: No <member>, no account
      Given Femke lives in <residence>
      And Bram is Femke's twin
      When Femke registers without the <member>
      And Bram registers
      Then Femke is not registered
      And none of Femke's personal data is stored

      Examples:
        | residence       | member         |
        | the Netherlands | e-mail address |
        | Japan           | password       |
        | California      | date of birth  |
        | the Netherlands | country        |
        | South Korea     | language       |

    @derived @api @storage
    Scenario Outline: "<value>" is no <member>: <reason>
      Given Femke lives in <residence>
      And Bram is Femke's twin
      When Femke registers with "<value>" as the <member>
      And Bram registers
      Then Femke is not registered
      And none of Femke's personal data is stored

      Examples:
        | residence       | value             | member         | reason                             |
        | the Netherlands | nothing           | e-mail address | an empty text is a lack            |
        | Brazil          | the part before @ | e-mail address | it is nobody's address             |
        | the Netherlands | nothing           | password       | an empty text is a lack            |
        | California      | short             | password       | too short to protect anything      |
        | the Netherlands | nothing           | date of birth  | an empty text is a lack            |
        | Japan           | 1990-02-30        | date of birth  | no calendar has this day           |
        | the Netherlands | a number          | date of birth  | a number is not a day              |
        | India           | null              | country        | a member without a value is a lack |
        | the Netherlands | Holland           | country        | a name is no code                  |
        | Switzerland     | blanks            | language       | blanks say as little as nothing    |
        | the Netherlands | a list            | language       | an empty list is a lack            |
        | Germany         | null              | language       | no value says as little as a blank |

    @derived @storage @api
    Scenario: Whoever is turned away can come back with all five
      Given Femke lives in the Netherlands
      And Bram is Femke's twin
      When Femke registers without the country
      And Bram registers
      Then Femke is not registered
      When Femke signs up
      Then Femke has a SHES account
      And Femke's Sony account shows what was entered
      And Femke's Sony account does not show the password
