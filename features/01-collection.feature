Feature: 1 Personal data collected
  Creating an account requires five details. No other data is collected, and a registration that lacks one of them is
  refused.

  @clause-1.4
  Rule: A Sony account takes five details and no other data
    They are the e-mail address, a password, the date of birth, the country and the language. Anything else that a
    client sends is discarded, whatever its name and position. A registration that lacks one of the five is refused, and
    none of its data is kept.

    @policy @api @storage
    Scenario: The five details are sufficient to sign up, and the Sony account shows them
      Given Femke lives in the Netherlands
      When Femke signs up
      Then Femke has a SHES account
      And Femke's Sony account shows what was entered
      And Femke's Sony account does not show the password
      And Femke's personal data is stored

    @derived @api @storage
    Scenario Outline: Excess data is not kept: <item> added when <occasion> (<reason>)
      Given Femke lives in <residence>
      When Femke registers with <item> added when <occasion>
      Then none of Femke's added data is stored
      And Femke's Sony account shows what was entered
      And Femke's Sony account does not show the password
      And Femke's Sony account does not show what Femke added

      Examples:
        | residence       | item               | occasion                     | reason                           |
        | the Netherlands | a gender           | registering                  | one member beyond the five       |
        | Japan           | a given name       | registering                  | common on forms                  |
        | California      | a home address     | registering                  | nested members                   |
        | the Netherlands | interests          | registering                  | a list with nested members       |
        | South Korea     | a campaign name    | registering                  | logs record query parameters     |
        | Germany         | a gender           | registering again            | the second form takes no more    |
        | New York        | a given name       | verifying the address        | only a code is required          |
        | Brazil          | a television model | signing in                   | signing in requires no more      |
        | the Netherlands | a search term      | signing in                   | logs record it, storage does not |
        | the Netherlands | a search term      | viewing the account          | viewing stores nothing           |
        | Switzerland     | interests          | correcting the date of birth | only the date changes            |

    @derived @api @storage
    Scenario Outline: A registration without the <detail> is refused, and none of its data is kept
      Given Femke lives in <residence>
      And Bram is Femke's twin
      When Femke registers without the <detail>
      And Bram registers
      Then none of Femke's personal data is stored
      And Femke is not registered

      Examples:
        | residence       | detail         |
        | the Netherlands | e-mail address |
        | Japan           | password       |
        | California      | date of birth  |
        | the Netherlands | country        |
        | South Korea     | language       |

    @derived @api @storage
    Scenario Outline: A registration with "<value>" as the <detail> is refused: <reason>
      Given Femke lives in <residence>
      And Bram is Femke's twin
      When Femke registers with "<value>" as the <detail>
      And Bram registers
      Then none of Femke's personal data is stored
      And Femke is not registered

      Examples:
        | residence       | value             | detail         | reason                                 |
        | the Netherlands | nothing           | e-mail address | an empty text counts as missing        |
        | Brazil          | the part before @ | e-mail address | it is incomplete                       |
        | the Netherlands | nothing           | password       | an empty text counts as missing        |
        | California      | short             | password       | it is too short to protect the account |
        | the Netherlands | nothing           | date of birth  | an empty text counts as missing        |
        | Japan           | 1990-02-30        | date of birth  | no such day exists                     |
        | the Netherlands | a number          | date of birth  | a number is not a date                 |
        | India           | null              | country        | a null value counts as missing         |
        | the Netherlands | Holland           | country        | a name is not a country code           |
        | Switzerland     | blanks            | language       | blanks count as missing                |
        | the Netherlands | a list            | language       | an empty list counts as missing        |
        | Germany         | null              | language       | a null value counts as missing         |

    @derived @storage @api
    Scenario: After a refused registration, signing up with all five details succeeds
      Given Femke lives in the Netherlands
      And Bram is Femke's twin
      When Femke registers without the country
      And Bram registers
      Then Femke is not registered
      When Femke signs up
      Then Femke has a SHES account
      And Femke's Sony account shows what was entered
      And Femke's Sony account does not show the password

    @derived @api
    Scenario Outline: In <residence>, opening the verification link neither verifies the address nor uses up its code
      Given Femke lives in <residence>
      And Femke has registered
      When link scanners open the links in the mails to Femke
      Then Femke cannot sign in
      And Femke can verify the address
      And Femke can sign in

      Examples:
        | residence       |
        | the Netherlands |
        | California      |
