Feature: 7 Children
  Nobody who is too young gets an account, to the day and by the calendar of the place they live in. Of a child who is
  turned away nothing stays.

  @clause-7.1
  Rule: Nobody under sixteen gets an account
    Sixteen is the age outside China, unless the service declares another one for a country by name. The country is all the
    service knows of where somebody lives: where it spans several time zones, the birthday counts once it has begun in
    all of them. A birth on 29 February counts as 1 March in a year that lacks the day.

    @derived @api @mail @storage @needs-clock
    Scenario Outline: One day too young in <residence>, and just old enough: <reason>
      Given it is 14 May 2026
      And Sam, who reaches the minimum age on 15 May 2026, lives in <residence>
      And Alex is Sam's twin but reaches the minimum age on 14 May 2026
      And Sam's date of birth is unique
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young
      And Sam cannot sign in
      And Sam receives no mail
      And none of Sam's personal data is stored

      Examples: The European Economic Area, whose states may choose an age from 13 to 16
        | residence       | reason |
        | Austria         | EEA    |
        | Belgium         | EEA    |
        | Bulgaria        | EEA    |
        | Croatia         | EEA    |
        | Cyprus          | EEA    |
        | Czechia         | EEA    |
        | Denmark         | EEA    |
        | Estonia         | EEA    |
        | Finland         | EEA    |
        | France          | EEA    |
        | Germany         | EEA    |
        | Greece          | EEA    |
        | Hungary         | EEA    |
        | Iceland         | EEA    |
        | Ireland         | EEA    |
        | Italy           | EEA    |
        | Latvia          | EEA    |
        | Liechtenstein   | EEA    |
        | Lithuania       | EEA    |
        | Luxembourg      | EEA    |
        | Malta           | EEA    |
        | the Netherlands | EEA    |
        | Norway          | EEA    |
        | Poland          | EEA    |
        | Portugal        | EEA    |
        | Romania         | EEA    |
        | Slovakia        | EEA    |
        | Slovenia        | EEA    |
        | Spain           | EEA    |
        | Sweden          | EEA    |

      Examples: Europe beside it
        | residence          | reason                    |
        | the United Kingdom | law of its own since 2021 |
        | Switzerland        | law of its own            |

      Examples: The United States and Canada, state by state where the law differs
        | residence        | reason                      |
        | California       | a state with its own law    |
        | Colorado         | a state with its own law    |
        | Connecticut      | a state with its own law    |
        | Utah             | a state with its own law    |
        | Virginia         | a state with its own law    |
        | Nevada           | a state with its own law    |
        | New York         | a law for children alone    |
        | Ontario          | federal law                 |
        | British Columbia | a province with its own law |
        | Alberta          | a province with its own law |
        | Quebec           | a province with its own law |

      Examples: Elsewhere
        | residence                | reason                                      |
        | Japan                    | east of Europe, the day begins earlier      |
        | South Korea              | ages were once counted from birth as one    |
        | Taiwan                   | a calendar of its own beside the common one |
        | Brazil                   | several time zones                          |
        | Mexico                   | several time zones                          |
        | Australia                | several time zones                          |
        | India                    | half an hour off the hour                   |
        | South Africa             | one time zone                               |
        | the United Arab Emirates | names from right to left                    |

    @derived @api @needs-clock
    Scenario: To the minute, in every country
      Given it is 13 May 2026
      When somebody registers a minute too early in each country of the world, and in the largest on time
      Then everybody too early is refused, and everybody on time is accepted

    @derived @api @storage @needs-clock
    Scenario Outline: By <program>
      Given it is 14 May 2026
      And Sam, who reaches the minimum age on 15 May 2026, lives in <residence>
      And Alex is Sam's twin but reaches the minimum age on 14 May 2026
      And Sam uses <program>
      And Alex uses <program>
      When Sam registers
      And Alex signs up
      Then Alex is not refused as too young
      And Alex has a SHES account
      And Sam is refused as too young
      And Sam cannot sign in
      And none of Sam's personal data is stored

      Examples:
        | residence | program                  |
        | Norway    | an app on a phone        |
        | Brazil    | a television             |
        | Nevada    | a program without a name |

    @derived @api @storage @needs-clock
    Scenario Outline: Not yet in <residence> at <time> in <zone>: <reason>
      Given it is <day>, <time> in <zone>
      And Sam, who reaches the minimum age on 15 May 2026, lives in <residence>
      And Alex is Sam's twin but is a year older
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young
      And Sam cannot sign in
      And none of Sam's personal data is stored

      Examples:
        | residence                | day         | time  | zone                | reason                                       |
        | Japan                    | 14 May 2026 | 23:59 | Asia/Tokyo          | the last minute before the birthday          |
        | India                    | 14 May 2026 | 23:59 | Asia/Kolkata        | a zone half an hour off                      |
        | France                   | 14 May 2026 | 23:59 | Europe/Paris        | it is still earlier in UTC                   |
        | the United Kingdom       | 15 May 2026 | 00:30 | Europe/Paris        | the birthday has begun for the neighbours    |
        | the United Arab Emirates | 14 May 2026 | 23:59 | Asia/Dubai          | hours ahead of UTC, and not there yet        |
        | South Africa             | 15 May 2026 | 00:30 | Asia/Tokyo          | the birthday has begun in the Far East       |
        | the United States        | 15 May 2026 | 00:01 | America/New_York    | in Honolulu it is the day before             |
        | the United States        | 15 May 2026 | 00:01 | America/Los_Angeles | in Honolulu it is the day before             |
        | the United States        | 14 May 2026 | 23:59 | Pacific/Honolulu    | the last minute of the last zone             |
        | Canada                   | 15 May 2026 | 00:01 | America/Toronto     | in Vancouver it is the day before            |
        | Australia                | 15 May 2026 | 00:01 | Australia/Sydney    | in Perth it is the day before                |
        | Brazil                   | 15 May 2026 | 00:01 | America/Sao_Paulo   | in Rio Branco it is the day before           |
        | Mexico                   | 15 May 2026 | 00:01 | America/Mexico_City | in Tijuana it is the day before              |
        | Portugal                 | 15 May 2026 | 00:01 | Europe/Lisbon       | on the Azores it is the day before           |
        | Spain                    | 15 May 2026 | 00:01 | Europe/Madrid       | on the Canary Islands it is the day before   |

    @derived @api @needs-clock
    Scenario Outline: Old enough in <residence> at <time> in <zone>: <reason>
      Given it is <day>, <time> in <zone>
      And Alex, who reaches the minimum age on 15 May 2026, lives in <residence>
      When Alex signs up
      Then Alex is not refused as too young
      And Alex has a SHES account

      Examples:
        | residence          | day         | time  | zone                | reason                                  |
        | Japan              | 15 May 2026 | 00:00 | Asia/Tokyo          | the first minute, in UTC the day before |
        | India              | 15 May 2026 | 00:00 | Asia/Kolkata        | the first minute of half an hour off    |
        | France             | 15 May 2026 | 00:00 | Europe/Paris        | the first minute, in UTC the day before |
        | the United Kingdom | 15 May 2026 | 00:00 | Europe/London       | the first minute of summer time         |
        | the United States  | 15 May 2026 | 00:00 | Pacific/Honolulu    | the first minute everywhere             |
        | Canada             | 15 May 2026 | 00:00 | America/Vancouver   | the first minute everywhere             |
        | Australia          | 15 May 2026 | 00:00 | Australia/Perth     | the first minute everywhere             |
        | Brazil             | 15 May 2026 | 00:00 | America/Rio_Branco  | the first minute everywhere             |
        | Mexico             | 15 May 2026 | 00:00 | America/Tijuana     | the first minute everywhere             |
        | Portugal           | 15 May 2026 | 00:00 | Atlantic/Azores     | the first minute everywhere             |
        | South Africa       | 15 May 2026 | 00:00 | Africa/Johannesburg | the first minute                        |

    @derived @api @storage @needs-clock
    Scenario Outline: Born on <born>, still too young on <day>: <reason>
      Given it is <day>
      And Sam, born on <born>, lives in Sweden
      And Alex is Sam's twin but was born on 1 May 1990
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young
      And Sam cannot sign in
      And none of Sam's personal data is stored

      Examples:
        | born             | day              | reason                                          |
        | 29 February 2008 | 28 February 2024 | the sixteenth year after a leap year is one too |
        | 1 March 2008     | 29 February 2024 | the day before is not always the 28th           |
        | 1 January 2010   | 31 December 2025 | the year alone does not tell the age            |
        | 15 December 2010 | 16 January 2026  | fifteen, although the years differ by sixteen   |
        | 15 May 2012      | 15 May 2026      | fourteen is enough in China only                |
        | 15 May 2013      | 15 May 2026      | thirteen is enough for many others              |
        | 16 May 2026      | 15 May 2026      | born tomorrow                                   |
        | 15 May 2042      | 15 May 2026      | born when somebody of today is sixteen          |
        | 15 May 2026      | 15 May 2026      | born today                                      |

    @derived @api @needs-clock
    Scenario Outline: Born on <born>, old enough on <day>: <reason>
      Given it is <day>
      And Alex, born on <born>, lives in Sweden
      When Alex signs up
      Then Alex is not refused as too young
      And Alex has a SHES account

      Examples:
        | born             | day              | reason                                |
        | 29 February 2008 | 29 February 2024 | the sixteenth birthday has its day    |
        | 1 March 2008     | 1 March 2024     | the day after a 29 February           |
        | 31 December 2009 | 31 December 2025 | the last day of a year                |
        | 1 January 2010   | 1 January 2026   | the first day of a year               |
        | 16 May 1926      | 15 May 2026      | a year is not written with two digits |

    @derived @api @storage @needs-clock
    Scenario: Trying again changes nothing
      Given it is 14 May 2026
      And Sam, who reaches the minimum age on 15 May 2026, lives in Poland
      And Alex is Sam's twin but reaches the minimum age on 14 May 2026
      When Sam registers
      And Sam registers
      And Alex registers
      Then Sam is refused as too young
      And Sam cannot sign in
      And none of Sam's personal data is stored
      And Alex is not refused as too young

    @derived @api @storage @needs-clock
    Scenario Outline: A child of China asks for an account as somebody who lives in <residence>
      Given it is 14 May 2026
      And Li, born on 15 May 2011, lives in China and is signed in to a Sony account
      And Wei is Li's twin but was born on 14 May 2010 and is signed in to a Sony account
      When Li creates the SHES account as a resident of <residence>
      And Wei creates the SHES account as a resident of <residence>
      Then Li is refused as too young for <residence>
      And Li has no SHES account
      And none of Li's display names is stored
      And Wei is not refused as too young for <residence>
      And Wei has a SHES account

      Examples:
        | residence   |
        | France      |
        | South Korea |
        | California  |

    @derived @api @needs-clock
    Scenario Outline: A child of China moves to <residence>
      Given it is 14 May 2026
      And Li, born on 15 May 2011, lives in China and has an account
      And Wei, born on 14 May 2010, lives in China and has an account
      When Li moves to <residence>
      And Wei moves to <residence>
      Then Li is refused as too young for <residence>
      And Li's account is unchanged
      And Wei is not refused as too young for <residence>
      And Wei has a SHES account

      Examples:
        | residence  |
        | Germany    |
        | Mexico     |
        | New York   |

  @clause-7.2
  Rule: In China nobody under fourteen gets an account
    Fourteen is the age there, to the day, once the birthday has begun in the whole country. Who is fourteen or fifteen there
    is not refused.

    @derived @api @mail @storage @needs-clock
    Scenario Outline: Too young in China at <time> on <day> in <zone>: <reason>
      Given it is <day>, <time> in <zone>
      And Li, born on <born>, lives in China
      And Wei is Li's twin but is a year older
      And Li's date of birth is unique
      When Li registers
      And Wei signs up
      Then Wei is not refused as too young
      And Wei has a SHES account
      And Li is refused as too young
      And Li cannot sign in
      And Li receives no mail
      And none of Li's personal data is stored

      Examples:
        | born             | day              | time  | zone          | reason                                    |
        | 15 May 2012      | 14 May 2026      | 23:59 | Asia/Shanghai | the last minute before                    |
        | 15 May 2012      | 15 May 2026      | 00:01 | Asia/Shanghai | in Urumqi it is the day before            |
        | 15 May 2012      | 14 May 2026      | 23:59 | Asia/Urumqi   | the last minute of the last zone          |
        | 15 May 2012      | 15 May 2026      | 01:30 | Asia/Tokyo    | the birthday has begun for the neighbours |
        | 29 February 2012 | 28 February 2026 | 12:00 | Asia/Shanghai | no 29 February, so 1 March                |
        | 29 February 2012 | 28 February 2026 | 23:59 | Asia/Urumqi   | the last minute before 1 March            |
        | 1 January 2013   | 31 December 2026 | 12:00 | Asia/Shanghai | the year alone does not tell the age      |

    @derived @api @needs-clock
    Scenario Outline: Old enough in China at <time> on <day> in <zone>: <reason>
      Given it is <day>, <time> in <zone>
      And Wei, born on <born>, lives in China
      When Wei signs up
      Then Wei is not refused as too young
      And Wei has a SHES account

      Examples:
        | born             | day          | time  | zone          | reason                                 |
        | 15 May 2012      | 15 May 2026  | 00:00 | Asia/Urumqi   | the first minute everywhere            |
        | 15 May 2012      | 15 May 2026  | 12:00 | Asia/Shanghai | the fourteenth birthday                |
        | 15 May 2012      | 16 May 2026  | 12:00 | Asia/Shanghai | the day after                          |
        | 15 May 2011      | 15 May 2026  | 12:00 | Asia/Shanghai | fifteen, too young elsewhere           |
        | 29 February 2012 | 1 March 2026 | 00:00 | Asia/Urumqi   | born on 29 February, in a year without |

    @derived @api @needs-clock @needs-age-register
    Scenario: A child moves to China
      Given it is 14 May 2026
      And the minimum age is 13 in Belgium
      And Li, born on 15 May 2012, lives in Belgium and has an account
      And Wei is Li's twin but was born on 14 May 2012 and has an account
      When Li moves to China
      And Wei moves to China
      Then Li is refused as too young for China
      And Li's account is unchanged
      And Wei is not refused as too young for China
      And Wei has a SHES account

    @policy @api @storage @needs-clock
    Scenario: Fourteen is enough in China and nowhere else
      Given it is 15 May 2026
      And Li, born on 1 May 2012, lives in China
      And Femke is Li's twin but lives in the Netherlands
      When Li signs up
      And Femke registers
      Then Li is not refused as too young
      And Li has a SHES account
      And Femke is refused as too young
      And Femke cannot sign in
      And none of Femke's personal data is stored

  @clause-7.3
  Rule: The age is data, with dates and a source
    A country may have an age of its own. It holds where and as long as it says, to the day; everywhere else, and before and
    after, it is sixteen. What is published is what is done.

    @policy @api
    Scenario: The ages are published
      Given it is 14 May 2026
      Then the age register states a minimum age of sixteen for countries without an entry, and of fourteen for China
      And the age register states a source for each entry, and a start date for each country

    @policy @api @needs-clock @needs-age-register
    Scenario Outline: <age> is the age in <residence>: <reason>
      Given it is 14 May 2026
      And the minimum age is <age> in <residence>
      And Sam, who reaches the minimum age on 15 May 2026, lives in <residence>
      And Alex is Sam's twin but reaches the minimum age on 14 May 2026
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young

      Examples:
        | residence         | age | reason                                     |
        | India             | 18  | as the law there will ask                  |
        | Brazil            | 18  | several time zones                         |
        | South Korea       | 14  | lower than the rule                        |
        | Belgium           | 13  | as low as the law of the EEA lets it be    |
        | the United States | 13  | as low as children's law there lets it be  |
        | Japan             | 20  | older than the majority of many others     |

    @policy @api
    Scenario: A country whose own age the service declares
      Given it is 14 May 2026
      And Sam, who reaches the minimum age on 15 May 2026, lives in India
      And Alex is Sam's twin but reaches the minimum age on 14 May 2026
      When Sam registers
      And Alex signs up
      Then Alex is not refused as too young
      And Alex has a SHES account
      And Sam is refused as too young

    @derived @api @needs-clock @needs-age-register
    Scenario Outline: Eighteen for the month of June in <residence>, refused on <day>, <time> in <zone>: <reason>
      Given it is <day>, <time> in <zone>
      And the minimum age is 18 in <residence> from 1 June 2026 until 1 July 2026
      And Sam, born on 10 March 2009, lives in <residence>
      And Alex is Sam's twin but was born on 10 March 2008
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young

      Examples:
        | residence         | day          | time  | zone             | reason                           |
        | Japan             | 1 June 2026  | 00:00 | Asia/Tokyo       | the first minute                 |
        | Japan             | 30 June 2026 | 23:59 | Asia/Tokyo       | the last minute                  |
        | the United States | 1 June 2026  | 00:00 | Pacific/Honolulu | the first minute everywhere      |
        | the United States | 30 June 2026 | 23:59 | Pacific/Honolulu | the last minute of the last zone |

    @derived @api @needs-clock @needs-age-register
    Scenario Outline: Eighteen for the month of June in <residence>, let in on <day>, <time> in <zone>: <reason>
      Given it is <day>, <time> in <zone>
      And the minimum age is 18 in <residence> from 1 June 2026 until 1 July 2026
      And Sam, born on 10 March 2009, lives in <residence>
      When Sam signs up
      Then Sam is not refused as too young
      And Sam has a SHES account

      Examples:
        | residence         | day         | time  | zone             | reason                       |
        | Japan             | 31 May 2026 | 23:59 | Asia/Tokyo       | the last minute before       |
        | Japan             | 1 July 2026 | 00:00 | Asia/Tokyo       | the first minute after       |
        | the United States | 1 June 2026 | 00:01 | America/New_York | in Honolulu it is still May  |
        | the United States | 1 July 2026 | 00:00 | Pacific/Honolulu | the first minute after       |

    @derived @api @needs-clock @needs-age-register
    Scenario Outline: Of two entries of a country the later counts, <age> on <day>
      Given it is <day>
      And the minimum age is 18 in Brazil, and 17 from 1 June 2026
      And Sam, born on <too young>, lives in Brazil
      And Alex is Sam's twin but was born on <old enough>
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young

      Examples:
        | day         | age       | too young       | old enough      |
        | 25 May 2026 | eighteen  | 10 March 2009   | 10 March 2008   |
        | 5 June 2026 | seventeen | 10 March 2010   | 10 March 2009   |

    @derived @api @needs-clock @needs-age-register
    Scenario Outline: An age of <residence> is nobody else's, and not that of <elsewhere>
      Given it is 14 May 2026
      And the minimum age is 17 in <elsewhere>
      And the minimum age is 18 in <residence>
      And Sam, born on 10 March 2009, lives in <residence>
      And Alex is Sam's twin but lives in <elsewhere>
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young

      Examples:
        | residence | elsewhere       |
        | Brazil    | Mexico          |
        | Germany   | Austria         |
        | Canada    | New York        |
        | Japan     | South Korea     |

    @derived @api @needs-clock @needs-age-register
    Scenario: Eighteen, born on 29 February
      Given it is 28 February 2026
      And the minimum age is 18 in Mexico
      And Sam, born on 29 February 2008, lives in Mexico
      And Alex is Sam's twin but was born on 28 February 2008
      And Kim is Sam's twin
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young
      When it becomes 1 March 2026, 00:00 in America/Tijuana
      And Kim registers
      Then Kim is not refused as too young

    @derived @api @needs-clock @needs-age-register
    Scenario Outline: Somebody of <elsewhere> moves to <residence>, where eighteen is the age
      Given it is 14 May 2026
      And the minimum age is 18 in <residence>
      And Sam, born on 15 May 2008, lives in <elsewhere> and has an account
      And Alex is Sam's twin but was born on 14 May 2008 and has an account
      When Sam moves to <residence>
      And Alex moves to <residence>
      Then Sam is refused as too young for <residence>
      And Sam's account is unchanged
      And Alex is not refused as too young for <residence>
      And Alex has a SHES account

      Examples:
        | elsewhere   | residence   |
        | Mexico      | Brazil      |
        | Switzerland | South Korea |

  @clause-7.4
  Rule: Nothing of a refused child stays, and another date does not help
    What a child typed is not kept. The address stays refused for at least a day and for at most thirty, whatever is typed
    next; the service keeps nothing for that by which anybody could tell whose address it was. Who turns out to be a child later
    loses the account, and its data goes. Signing in through a provider is no way around any of this.

    @derived @api @storage @needs-clock
    Scenario Outline: Sam of <residence> tries again, <again>
      Given it is 14 May 2026
      And Sam, born on 15 May 2014, lives in <residence>
      And Bram lives in <residence>
      And Sam's date of birth is unique
      When Sam registers
      And Bram registers
      Then Sam is refused as too young
      When Sam registers again, <again>
      Then Sam is refused regardless of the date of birth
      And Sam cannot sign in
      And Sam receives no verification code
      And none of Sam's personal data is stored

      Examples:
        | residence       | again                                            |
        | the Netherlands | born on 1 May 1990                               |
        | California      | born on 1 May 1990                               |
        | China           | born on 1 May 1990                               |
        | Japan           | born on 1 May 1990                               |
        | the Netherlands | born on 1 May 1990, with the address in capitals |
        | the Netherlands | born on 1 May 1990, from Sweden                  |

    @derived @api @storage @needs-clock
    Scenario: Hours later it is still too early
      Given it is 14 May 2026
      And Sam, born on 15 May 2014, lives in Germany
      And Bram lives in Germany
      When Sam registers
      And Bram registers
      Then Sam is refused as too young
      When 23 hours pass
      And Sam registers again, born on 1 May 1990
      Then Sam is refused regardless of the date of birth
      When 59 minutes pass
      And Sam registers again, born on 1 May 1990
      Then Sam is refused regardless of the date of birth
      And Sam cannot sign in
      And none of Sam's personal data is stored

    @derived @api @needs-clock
    Scenario: A slip of the pen is forgotten after thirty days
      Given it is 14 May 2026
      And Sam, born on 15 May 1984, lives in Germany
      When Sam registers again, born on 15 May 2014
      Then Sam is refused as too young
      When 30 days pass
      And 1 hour passes
      And Sam signs up
      Then Sam is not refused as too young
      And Sam has a SHES account

    @derived @api @storage @needs-clock
    Scenario: The older date came first
      Given it is 14 May 2026
      And Sam, born on 15 May 2014, lives in France
      And Bram lives in France
      When Sam registers again, born on 1 May 1990
      And Bram registers
      And Sam registers
      Then Sam is refused as too young
      And Sam's earlier verification link no longer works
      And Sam cannot sign in
      And none of Sam's personal data is stored

    @derived @api @outbound @storage @needs-clock
    Scenario Outline: Somebody with an account in <residence> turns out to be a child
      Given it is 14 May 2026
      And Sam, born on 1 May 1990, lives in <residence> and has an account
      And Sam receives personalised marketing
      And Sam has consented to profiling
      And Sam has created a My Sony ID
      And every place of storage shows Sam
      When Sam changes the date of birth to 14 May 1991
      And 3 months pass
      And Sam signs in
      And Sam changes the date of birth to one day below the minimum age
      Then Sam cannot sign in
      And Sam's sessions no longer work
      And every recipient is told to stop using Sam's data
      When Sam registers again, born on 1 May 1990
      Then Sam is refused regardless of the date of birth
      When the purge window passes
      Then none of Sam's personal data is stored
      When Sam registers again, born on 1 May 1990
      Then Sam cannot sign in

      Examples:
        | residence       |
        | the Netherlands |
        | California      |
        | China           |
        | India           |
        | South Korea     |
        | Brazil          |
        | Switzerland     |

    @derived @api @storage @needs-clock
    Scenario: Somebody without a SHES account turns out to be a child
      Given it is 14 May 2026
      And Sam, born on 1 May 1990, lives in Poland and is signed in to a Sony account
      And Bram lives in Poland and is signed in to a Sony account
      When Sam changes the date of birth to one day below the minimum age
      Then Sam cannot sign in
      When Sam registers again, born on 1 May 1990
      Then Sam is refused regardless of the date of birth
      When 23 hours pass
      And Sam registers again, born on 1 May 1990
      Then Sam is refused regardless of the date of birth
      When the purge window passes
      Then none of Sam's personal data is stored

    @derived @api @needs-clock
    Scenario: Old enough by the corrected date too
      Given it is 14 May 2026
      And Alex, born on 1 May 1990, lives in the Netherlands and has an account
      When Alex changes the date of birth to 14 May 2008
      Then Alex's Sony account shows the date of birth 14 May 2008
      And Alex has a SHES account

    @derived @api @storage @needs-clock @needs-identity-providers
    Scenario Outline: Turned away in <residence>, Sam comes back through <provider>
      Given it is 14 May 2026
      And Sam, born on 15 May 2014, lives in <residence>
      And Sam has an account at <provider>
      And Bram lives in <residence> and has an account
      And Bram has signed in through <provider>
      When Sam registers
      Then Sam is refused as too young
      When Sam signs up through <provider>, born on 1 May 1990
      Then Sam has no SHES account
      When 23 hours pass
      And Sam signs up through <provider>, born on 1 May 1990
      Then Sam has no SHES account
      And none of Sam's personal data is stored

      Examples:
        | residence       | provider |
        | the Netherlands | Google   |
        | California      | Facebook |
        | China           | Amazon   |
        | Japan           | Apple    |

    @derived @api @storage @needs-clock @needs-identity-providers
    Scenario Outline: Sam of <residence> never registered, and <provider> knows Sam
      Given it is 14 May 2026
      And Sam, born on 15 May 2014, lives in <residence>
      And Sam has an account at <provider>
      And Bram lives in <residence> and has an account
      And Bram has signed in through <provider>
      When Sam signs up through <provider>
      Then Sam has no SHES account
      When Sam signs up through <provider>, born on 1 May 1990
      Then Sam has no SHES account
      And none of Sam's personal data is stored

      Examples:
        | residence   | provider |
        | Germany     | Google   |
        | New York    | Facebook |
        | Brazil      | Amazon   |
        | South Korea | Apple    |

    @derived @api @storage @needs-clock @needs-identity-providers
    Scenario Outline: Turned away in <residence>, Sam has another address at <provider>
      Given it is 14 May 2026
      And Sam, born on 15 May 2014, lives in <residence>
      And Sam has an account at <provider> with another address
      And Bram lives in <residence> and has an account
      And Bram has signed in through <provider>
      When Sam registers
      Then Sam is refused as too young
      When Sam signs up through <provider>
      Then Sam has no SHES account
      And none of Sam's personal data is stored

      Examples:
        | residence          | provider |
        | Sweden             | Google   |
        | the United Kingdom | Facebook |
        | Ontario            | Amazon   |
        | China              | Apple    |

    @derived @api @storage @needs-clock @needs-identity-providers
    Scenario Outline: Somebody in <residence> turns out to be a child, whom <provider> has signed in before
      Given it is 14 May 2026
      And Sam, born on 1 May 1990, lives in <residence> and has an account
      And Sam has signed in through <provider>
      And Bram lives in <residence> and has an account
      And Bram has signed in through <provider>
      When Sam changes the date of birth to one day below the minimum age
      Then Sam's sessions no longer work
      When Sam signs up through <provider>, born on 1 May 1990
      Then Sam has no SHES account
      When the purge window passes
      Then none of Sam's personal data is stored

      Examples:
        | residence       | provider |
        | the Netherlands | Google   |
        | California      | Facebook |
        | China           | Amazon   |
        | Japan           | Apple    |

    @derived @api @needs-identity-providers
    Scenario Outline: <provider> is asked for no date of birth, and none is taken from it
      Given Bram lives in Poland and has an account
      And Bram has an account at <provider> with another date of birth
      When Bram signs in through <provider>
      Then <provider> is not asked for a date of birth
      And Bram's account is unchanged

      Examples:
        | provider |
        | Google   |
        | Facebook |
        | Amazon   |
        | Apple    |

  @clause-7.5
  Rule: Parents and guardians are heard
    They are shown whom to turn to. What they report is looked at; nothing is shared meanwhile, and if it is a child, the account is
    closed, its data erased, and everybody who was given it is told. Nobody learns by a report whether there is an account. They can
    report by the form, or write in their own words.

    @policy @notice
    Scenario Outline: Whom to turn to, for parents in <residence>, in <language>
      Given it is 14 May 2026
      And Bram lives in <residence>
      When somebody in <residence> reads the notice on children in <language>
      Then the notice names contacts for parents and guardians

      Examples:
        | residence         | language |
        | the Netherlands   | Dutch    |
        | the Netherlands   | English  |
        | France            | French   |
        | California        | English  |
        | Quebec            | French   |
        | China             | English  |
        | Japan             | English  |
        | Brazil            | English  |

    @derived @api
    Scenario Outline: A report <way> tells nothing of whether there is an account
      Given Sam lives in the Netherlands and has an account
      And Kim lives in the Netherlands
      And Greta lives in the Netherlands
      And Gerd lives in the Netherlands
      When Greta reports Sam as a child <way>
      And Gerd reports Kim as a child <way>
      Then Greta and Gerd are answered alike

      Examples:
        | way         |
        | by the form |

      @needs-guardian-mail
      Examples: In their own words
        | way     |
        | by mail |

    @derived @outbound
    Scenario Outline: Nothing is shared while a report <way> about Sam of <residence> is looked at
      Given Sam lives in <residence> and has an account
      And Bram is Sam's twin and has an account
      And Greta lives in <residence>
      And Sam receives personalised marketing
      And Bram receives personalised marketing
      When Greta reports Sam as a child <way>
      And Sam changes the display name
      And Bram changes the display name
      Then nobody receives Sam's data
      When 40 days pass
      And Sam signs in
      And Bram signs in
      And Sam changes the display name
      And Bram changes the display name
      Then nobody receives Sam's data

      Examples:
        | residence       | way                     |
        | the Netherlands | by the form             |
        | California      | by the form in capitals |

      @needs-guardian-mail
      Examples: In their own words
        | residence       | way     |
        | the Netherlands | by mail |
        | California      | by mail |

    @derived @outbound @needs-guardian-mail
    Scenario Outline: A mail names Sam <where>
      Given Sam lives in Japan and has an account
      And Bram is Sam's twin and has an account
      And Greta lives in Japan
      And Sam has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      When Greta writes to the children's desk naming Sam <where>
      And Sam changes the display name
      And Bram changes the display name
      Then nobody receives Sam's data

      Examples:
        | where                               |
        | in the subject alone                |
        | in capitals, between brackets       |
        | in Japanese, which writes no spaces |

    @derived @outbound @needs-guardian-mail
    Scenario: Who writes is not reported
      Given Sam lives in the Netherlands and has an account
      And Greta lives in the Netherlands and has an account
      And Greta has consented to e-mail marketing
      When Greta reports Sam as a child by mail
      And Greta changes the display name
      Then Sony Europe B.V. receives Greta's data for e-mail marketing
      And Sony Europe B.V. holds Greta's data

    @derived @mail @needs-clock @needs-guardian-mail
    Scenario: A mail that names no account is a question, and gets an answer
      Given Greta lives in the Netherlands
      When Greta writes to the children's desk without naming an account
      And 14 days pass
      Then Greta's enquiry is answered by mail

    @derived @api @outbound @storage @needs-clock @needs-guardian-reports
    Scenario Outline: Sam of <residence>, reported <way>, is a child
      Given Sam lives in <residence> and has an account
      And Greta lives in <residence>
      And Sam receives personalised marketing
      And every place of storage shows Sam
      When Greta reports Sam as a child <way>
      And 40 days pass
      And staff find that Sam is a child
      Then Sam cannot sign in
      And every recipient is told to stop using Sam's data
      And Greta receives exactly one mail
      When Sam registers again, born on 1 May 1990
      Then Sam is refused regardless of the date of birth
      When the purge window passes
      Then none of Sam's personal data is stored

      Examples:
        | residence       | way         |
        | the Netherlands | by the form |
        | California      | by the form |
        | China           | by the form |
        | Canada          | by the form |

      @needs-guardian-mail
      Examples: In their own words
        | residence       | way     |
        | the Netherlands | by mail |
        | California      | by mail |
        | China           | by mail |
        | Quebec          | by mail |

    @derived @outbound @storage @needs-clock @needs-guardian-reports @needs-guardian-mail
    Scenario: Of two whom one mail names each is reported, and neither report tells of the other
      Given Sam lives in the Netherlands and has an account
      And Alex is Sam's twin and has an account
      And Bram is Sam's twin and has an account
      And Greta lives in the Netherlands
      And Alex has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And every place of storage shows Sam
      When Greta reports Sam and Alex as children by mail
      And Alex changes the display name
      And Bram changes the display name
      Then nobody receives Alex's data
      When staff find that Sam is a child
      And the purge window passes
      Then none of Sam's personal data is stored

    @derived @api @storage @needs-clock @needs-guardian-reports
    Scenario: Sam has no SHES account, and is a child
      Given Sam lives in South Korea and is signed in to a Sony account
      And Bram lives in South Korea and is signed in to a Sony account
      And Greta lives in South Korea
      When Greta reports Sam as a child by the form
      And staff find that Sam is a child
      Then Sam cannot sign in
      When Sam registers again, born on 1 May 1990
      Then Sam is refused regardless of the date of birth
      When the purge window passes
      Then none of Sam's personal data is stored

    @derived @api @outbound @needs-guardian-reports
    Scenario Outline: Sam of <residence>, reported <way>, is no child
      Given Sam lives in <residence> and has an account
      And Bram is Sam's twin and has an account
      And Greta lives in <residence>
      And Sam receives personalised marketing
      And Sam has consented to profiling
      And Bram has consented to e-mail marketing
      When Greta reports Sam as a child <way>
      And staff find that Sam is not a child
      Then Sam's account is unchanged
      And every recipient holds Sam's data
      And Sam's consent to e-mail marketing is in force
      And Sam's consent to personalisation is in force
      And Sam's consent to profiling is in force
      And Greta receives exactly one mail
      When Greta reports Sam as a child <way>
      And Sam changes the display name
      And Bram changes the display name
      Then nobody receives Sam's data
      When staff find that Sam is a child
      Then Sam cannot sign in
      And every recipient is told to stop using Sam's data

      Examples:
        | residence       | way                     |
        | the Netherlands | by the form             |
        | New York        | by the form in capitals |

      @needs-guardian-mail
      Examples: In their own words
        | residence | way     |
        | Norway    | by mail |

    @derived @outbound @needs-guardian-reports
    Scenario: Of two reports about Sam one is looked at
      Given Sam lives in Greece and has an account
      And Bram is Sam's twin and has an account
      And Greta lives in Greece
      And Gerd lives in Austria
      And Sam has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      When Greta reports Sam as a child by the form
      And Gerd reports Sam as a child by the form
      And staff find on the first report that Sam is not a child
      And Sam changes the display name
      And Bram changes the display name
      Then nobody receives Sam's data
      When staff find that Sam is not a child
      Then every recipient holds Sam's data

    @derived @storage @needs-clock @needs-guardian-reports
    Scenario Outline: What Greta wrote <way> goes with the finding that Sam is <finding>
      Given Sam lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Greta lives in the Netherlands
      When Greta reports Sam as a child <way>
      And staff find that Sam is <finding>
      And the purge window passes
      Then none of Greta's report text is stored

      Examples:
        | way         | finding     |
        | by the form | not a child |
        | by the form | a child     |

      @needs-guardian-mail
      Examples: In their own words
        | way     | finding     |
        | by mail | not a child |
        | by mail | a child     |

    @derived @storage
    Scenario Outline: Of a report <way> about nobody nothing is kept
      Given Kim lives in the Netherlands
      And Bram lives in the Netherlands and has an account
      And Greta lives in the Netherlands
      When Greta reports Kim as a child <way>
      Then none of Kim's personal data is stored
      When mail to Greta expires
      Then none of Greta's personal data is stored

      Examples:
        | way         |
        | by the form |

      @needs-guardian-mail
      Examples: In their own words
        | way     |
        | by mail |

  @clause-7.6
  Rule: Children's law is followed
    What children's law sets is not lowered by what the service declares. Until the majority of the place where they live nobody
    is profiled, and nothing about them is shared for marketing or with advertising vendors.

    @law @api @needs-clock @needs-age-register
    Scenario Outline: Ten cannot be declared in <residence>: <reason>
      Given it is 14 May 2026
      And the minimum age is 10 in <residence>
      And Sam, who reaches the minimum age on 15 May 2026, lives in <residence>
      And Alex is Sam's twin but reaches the minimum age on 14 May 2026
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young

      Examples:
        | residence          | reason                              |
        | the United States  | thirteen, by COPPA                  |
        | California         | thirteen, as in every state         |
        | the Netherlands    | thirteen, the least the GDPR allows |
        | the United Kingdom | thirteen, by its own act            |
        | South Korea        | fourteen                            |
        | China              | fourteen                            |

    @law @api @needs-clock @needs-age-register
    Scenario: Ten cannot be declared in any state of the EEA
      Given it is 13 May 2026
      And the minimum age is 10 in each country of the EEA
      When somebody registers a minute too early in each country of the EEA, and in the largest on time
      Then everybody too early is refused, and everybody on time is accepted

    @law @api @needs-clock @needs-age-register
    Scenario Outline: Ten cannot be declared for those who move to <residence>
      Given it is 14 May 2026
      And the minimum age is 10 in Brazil
      And the minimum age is 10 in <residence>
      And Sam, born on 15 May 2013, lives in Brazil and has an account
      And Alex is Sam's twin but was born on 14 May 2013 and has an account
      When Sam moves to <residence>
      And Alex moves to <residence>
      Then Sam is refused as too young for <residence>
      And Alex is not refused as too young for <residence>
      And Alex has a SHES account

      Examples:
        | residence  |
        | Norway     |
        | California |

    @law @api @outbound @needs-clock
    Scenario Outline: A day before majority in <residence>, and on it: <reason>
      Given it is 14 May 2026
      And Sam, who reaches the age of majority on 15 May 2026, lives in <residence> and has an account
      And Alex is Sam's twin but reaches the age of majority on 14 May 2026 and has an account
      When Sam consents to e-mail marketing
      And Alex consents to e-mail marketing
      Then Alex's consent to e-mail marketing is accepted
      And Alex's company receives Alex's data for e-mail marketing
      And Sam's consent to e-mail marketing is not accepted
      And nobody receives Sam's data at any time

      Examples:
        | residence                | reason                     |
        | the Netherlands          | GDPR                       |
        | Germany                  | GDPR                       |
        | the United Kingdom       | UK GDPR                    |
        | New York                 | state law                  |
        | California               | state law                  |
        | Ontario                  | provincial law             |
        | Quebec                   | Law 25                     |
        | China                    | PIPL                       |
        | Japan                    | eighteen since 2022        |
        | South Korea              | nineteen                   |
        | Brazil                   | LGPD                       |
        | the United Arab Emirates | twenty-one until June 2026 |

    @law @api @needs-clock
    Scenario Outline: A minor's consent to <purpose> in <residence>
      Given it is 14 May 2026
      And Sam, who reaches the age of majority on 15 May 2026, lives in <residence> and has an account
      And Alex is Sam's twin but reaches the age of majority on 14 May 2026 and has an account
      When Sam consents to <purpose>
      And Alex consents to <purpose>
      Then Alex's consent to <purpose> is accepted
      And Sam's consent to <purpose> is not accepted

      Examples:
        | residence       | purpose         |
        | the Netherlands | profiling       |
        | the Netherlands | personalisation |
        | Quebec          | profiling       |
        | South Korea     | profiling       |

    @law @api @needs-clock
    Scenario Outline: Of age in <residence> at the first minute in <zone>, and no sooner
      Given it is 14 May 2026, 23:59 in <zone>
      And Sam, who reaches the age of majority on 15 May 2026, lives in <residence> and has an account
      And Alex is Sam's twin but reaches the age of majority on 14 May 2026 and has an account
      When Sam consents to e-mail marketing
      And Alex consents to e-mail marketing
      Then Alex's consent to e-mail marketing is accepted
      And Sam's consent to e-mail marketing is not accepted
      When it becomes 15 May 2026, 00:00 in <zone>
      And Sam consents to e-mail marketing
      Then Sam's consent to e-mail marketing is accepted

      Examples:
        | residence         | zone               |
        | South Korea       | Asia/Seoul         |
        | the United States | Pacific/Honolulu   |
        | Brazil            | America/Rio_Branco |

    @law @api @needs-clock
    Scenario Outline: Born on 29 February, of age on 1 March in <residence>
      Given it is 28 February 2026
      And Sam, born on 29 February 2008, lives in <residence> and has an account
      And Alex is Sam's twin but was born on 28 February 2008 and has an account
      When Sam consents to <purpose>
      And Alex consents to <purpose>
      Then Alex's consent to <purpose> is accepted
      And Sam's consent to <purpose> is not accepted
      When it becomes 1 March 2026
      And Sam consents to <purpose>
      Then Sam's consent to <purpose> is accepted

      Examples:
        | residence       | purpose          |
        | the Netherlands | profiling        |
        | South Africa    | e-mail marketing |

    @derived @api @outbound @needs-clock
    Scenario Outline: Sam of <residence> comes of age, and nothing begins
      Given it is 14 May 2026
      And Sam, who reaches the age of majority on 15 May 2026, lives in <residence> and has an account
      And Bram lives in <residence> and has an account
      And Bram has consented to e-mail marketing
      When it becomes 16 May 2026
      And 3 months pass
      And Sam signs in
      And Bram signs in
      And Bram changes the display name
      Then nobody receives Sam's data at any time
      And Sam has no consent in force

      Examples:
        | residence     |
        | California    |
        | Connecticut   |
        | Liechtenstein |

    @law @outbound @needs-clock
    Scenario Outline: No vendor learns of a minor in <residence>
      Given it is 14 May 2026
      And Sam, who reaches the age of majority on 15 May 2026, lives in <residence> and has an account
      And Alex is Sam's twin but reaches the age of majority on 14 May 2026 and has an account
      When Sam changes the display name
      And Alex changes the display name
      Then no advertising vendor receives Sam's data
      And nobody receives Sam's data at any time

      Examples:
        | residence  |
        | New York   |
        | California |
        | Colorado   |
        | Utah       |

    @derived @api @outbound @needs-clock
    Scenario Outline: An adult of <residence> turns out to be a minor
      Given it is 14 May 2026
      And Sam, born on 10 March 1990, lives in <residence> and has an account
      And Bram is Sam's twin and has an account
      And Sam receives personalised marketing
      And Sam has consented to profiling
      And Sam has created a My Sony ID
      And Bram has consented to e-mail marketing
      And Sam has a profile
      When 3 months pass
      And Sam signs in
      And Bram signs in
      And Sam changes the date of birth to one day below the age of majority
      And Bram changes the display name
      Then every recipient is told to stop using Sam's data
      And Sam has no consent in force
      And Sam has no profile
      When Sam changes the display name
      And Sam allows the use of gaming data in the camera app
      And Bram changes the display name
      Then nobody receives Sam's data
      And Sam has no profile

      Examples:
        | residence       |
        | the Netherlands |
        | New York        |
        | California      |
        | South Korea     |

    @derived @api @outbound @needs-clock
    Scenario Outline: Of age in <home>, and not in <abroad>, where they move
      Given it is 14 May 2026
      And Sam, who is of age at home but not in <abroad>, lives in <home> and has an account
      And Alex is Sam's twin but is of age in <abroad> too and has an account
      And Sam receives personalised marketing
      And Sam has consented to profiling
      And Sam has a profile
      And Alex has consented to e-mail marketing
      When Sam moves to <abroad>
      And Alex moves to <abroad>
      Then Sam is not refused as too young for <abroad>
      And Alex's company receives Alex's data for e-mail marketing
      And every recipient is told to stop using Sam's data
      And nobody receives Sam's data
      And Sam has no consent in force
      And Sam has no profile

      Examples:
        | home            | abroad                   |
        | the Netherlands | South Korea              |
        | California      | the United Arab Emirates |
