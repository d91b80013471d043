Feature: 7 Children
  Nobody below the minimum age obtains an account, to the day and by the calendar of the country of residence. No data
  of a refused child is retained.

  @clause-7.1
  Rule: Nobody under sixteen obtains an account
    Outside China the minimum age is sixteen, unless the service declares another one for a named country. The service
    knows no more of the residence than the country: where a country spans several time zones, a birthday counts once it
    has begun in all of them. In a year without 29 February, a person born on that day reaches the age on 1 March.

    @derived @api @mail @storage @needs-clock
    Scenario Outline: The minimum age applies to the day in <residence>: <reason>
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

      Examples: The European Economic Area, where states may set an age from 13 to 16
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

      Examples: Other European countries
        | residence          | reason             |
        | the United Kingdom | own law since 2021 |
        | Switzerland        | own law            |

      Examples: The United States and Canada, by state or province where the law differs
        | residence        | reason                            |
        | California       | state law                         |
        | Colorado         | state law                         |
        | Connecticut      | state law                         |
        | Utah             | state law                         |
        | Virginia         | state law                         |
        | Nevada           | state law                         |
        | New York         | state law on children's data only |
        | Ontario          | federal law                       |
        | British Columbia | provincial law                    |
        | Alberta          | provincial law                    |
        | Québec           | provincial law                    |

      Examples: Other regions
        | residence                | reason                                     |
        | Japan                    | the day begins earlier than in Europe      |
        | South Korea              | age was formerly counted from one at birth |
        | Taiwan                   | a national calendar is also in use         |
        | Brazil                   | several time zones                         |
        | Mexico                   | several time zones                         |
        | Australia                | several time zones                         |
        | India                    | a time zone with a half-hour offset        |
        | South Africa             | one time zone                              |
        | the United Arab Emirates | names are written from right to left       |

    @derived @api @needs-clock
    Scenario: The minimum age applies to the minute in every country
      Given it is 13 May 2026
      When people register in each country of the world one minute too early and, if it has several time zones, on time
      Then every registration too early is refused, and every registration on time is accepted

    @derived @api @storage @needs-clock
    Scenario Outline: The minimum age applies to registrations by <program>
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
        | residence | program                       |
        | Norway    | a mobile app                  |
        | Brazil    | a smart television            |
        | Nevada    | a client without a user agent |

    @derived @api @storage @needs-clock
    Scenario Outline: Registration is refused in <residence> at <time> in <zone>: <reason>
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
        | residence                | day         | time  | zone                | reason                                           |
        | Japan                    | 14 May 2026 | 23:59 | Asia/Tokyo          | the last minute before the birthday              |
        | India                    | 14 May 2026 | 23:59 | Asia/Kolkata        | the last minute, in a half-hour time zone        |
        | France                   | 14 May 2026 | 23:59 | Europe/Paris        | the last minute, two hours earlier in UTC        |
        | the United Kingdom       | 15 May 2026 | 00:30 | Europe/Paris        | the birthday has begun in France                 |
        | the United Arab Emirates | 14 May 2026 | 23:59 | Asia/Dubai          | the last minute, four hours ahead of UTC         |
        | South Africa             | 15 May 2026 | 00:30 | Asia/Tokyo          | the birthday has begun in Japan                  |
        | the United States        | 15 May 2026 | 00:01 | America/New_York    | it is still the day before in Honolulu           |
        | the United States        | 15 May 2026 | 00:01 | America/Los_Angeles | it is still the day before in Honolulu           |
        | the United States        | 14 May 2026 | 23:59 | Pacific/Honolulu    | the last minute in the last time zone            |
        | Canada                   | 15 May 2026 | 00:01 | America/Toronto     | it is still the day before in Vancouver          |
        | Australia                | 15 May 2026 | 00:01 | Australia/Sydney    | it is still the day before in Perth              |
        | Brazil                   | 15 May 2026 | 00:01 | America/Sao_Paulo   | it is still the day before in Rio Branco         |
        | Mexico                   | 15 May 2026 | 00:01 | America/Mexico_City | it is still the day before in Tijuana            |
        | Portugal                 | 15 May 2026 | 00:01 | Europe/Lisbon       | it is still the day before in the Azores         |
        | Spain                    | 15 May 2026 | 00:01 | Europe/Madrid       | it is still the day before in the Canary Islands |

    @derived @api @needs-clock
    Scenario Outline: Sign-up succeeds in <residence> at <time> in <zone>: <reason>
      Given it is <day>, <time> in <zone>
      And Alex, who reaches the minimum age on 15 May 2026, lives in <residence>
      When Alex signs up
      Then Alex is not refused as too young
      And Alex has a SHES account

      Examples:
        | residence          | day         | time  | zone                | reason                                        |
        | Japan              | 15 May 2026 | 00:00 | Asia/Tokyo          | the first minute, still the day before in UTC |
        | India              | 15 May 2026 | 00:00 | Asia/Kolkata        | the first minute, in a half-hour time zone    |
        | France             | 15 May 2026 | 00:00 | Europe/Paris        | the first minute, still the day before in UTC |
        | the United Kingdom | 15 May 2026 | 00:00 | Europe/London       | the first minute, in summer time              |
        | the United States  | 15 May 2026 | 00:00 | Pacific/Honolulu    | the first minute in the last time zone        |
        | Canada             | 15 May 2026 | 00:00 | America/Vancouver   | the first minute in the last time zone        |
        | Australia          | 15 May 2026 | 00:00 | Australia/Perth     | the first minute in the last time zone        |
        | Brazil             | 15 May 2026 | 00:00 | America/Rio_Branco  | the first minute in the last time zone        |
        | Mexico             | 15 May 2026 | 00:00 | America/Tijuana     | the first minute in the last time zone        |
        | Portugal           | 15 May 2026 | 00:00 | Atlantic/Azores     | the first minute in the last time zone        |
        | South Africa       | 15 May 2026 | 00:00 | Africa/Johannesburg | the first minute                              |

    @derived @api @storage @needs-clock
    Scenario Outline: The birth date <birth date> is refused on <day>: <reason>
      Given it is <day>
      And Sam, born on <birth date>, lives in Sweden
      And Alex is Sam's twin but was born on 1 May 1990
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young
      And Sam cannot sign in
      And none of Sam's personal data is stored

      Examples:
        | birth date       | day              | reason                                             |
        | 29 February 2008 | 28 February 2024 | the last day before the birthday in a leap year    |
        | 1 March 2008     | 29 February 2024 | the day before 1 March is 29 February              |
        | 1 January 2010   | 31 December 2025 | the year alone does not give the age               |
        | 15 December 2010 | 16 January 2026  | aged fifteen, although the years differ by sixteen |
        | 15 May 2012      | 15 May 2026      | fourteen suffices in China only                    |
        | 15 May 2013      | 15 May 2026      | thirteen suffices for other services only          |
        | 16 May 2026      | 15 May 2026      | born tomorrow                                      |
        | 15 May 2042      | 15 May 2026      | born sixteen years from now                        |
        | 15 May 2026      | 15 May 2026      | born today                                         |

    @derived @api @needs-clock
    Scenario Outline: The birth date <birth date> is accepted on <day>: <reason>
      Given it is <day>
      And Alex, born on <birth date>, lives in Sweden
      When Alex signs up
      Then Alex is not refused as too young
      And Alex has a SHES account

      Examples:
        | birth date       | day              | reason                                      |
        | 29 February 2008 | 29 February 2024 | the sixteenth birthday falls on 29 February |
        | 1 March 2008     | 1 March 2024     | the day after 29 February                   |
        | 31 December 2009 | 31 December 2025 | the last day of a year                      |
        | 1 January 2010   | 1 January 2026   | the first day of a year                     |
        | 16 May 1926      | 15 May 2026      | years are compared with all four digits     |

    @derived @api @storage @needs-clock
    Scenario: A second registration below the minimum age is refused
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
    Scenario Outline: A resident of China under sixteen cannot create an account as a resident of <residence>
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
    Scenario Outline: A resident of China under sixteen cannot move the account to <residence>
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
        | residence |
        | Germany   |
        | Mexico    |
        | New York  |

  @clause-7.2
  Rule: In China nobody under fourteen obtains an account
    In China the minimum age is fourteen, to the day, once the birthday has begun in the whole country. A person aged
    fourteen or fifteen is not refused there.

    @derived @api @mail @storage @needs-clock
    Scenario Outline: Registration is refused in China on <day>, <time> in <zone>: <reason>
      Given it is <day>, <time> in <zone>
      And Li, born on <birth date>, lives in China
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
        | birth date       | day              | time  | zone          | reason                                |
        | 15 May 2012      | 14 May 2026      | 23:59 | Asia/Shanghai | the last minute before the birthday   |
        | 15 May 2012      | 15 May 2026      | 00:01 | Asia/Shanghai | it is still the day before in Urumqi  |
        | 15 May 2012      | 14 May 2026      | 23:59 | Asia/Urumqi   | the last minute in the last time zone |
        | 15 May 2012      | 15 May 2026      | 01:30 | Asia/Tokyo    | the birthday has begun in Japan       |
        | 29 February 2012 | 28 February 2026 | 12:00 | Asia/Shanghai | no 29 February in 2026                |
        | 29 February 2012 | 28 February 2026 | 23:59 | Asia/Urumqi   | the last minute before 1 March        |
        | 1 January 2013   | 31 December 2026 | 12:00 | Asia/Shanghai | the year alone does not give the age  |

    @derived @api @needs-clock
    Scenario Outline: Sign-up succeeds in China on <day>, <time> in <zone>: <reason>
      Given it is <day>, <time> in <zone>
      And Wei, born on <birth date>, lives in China
      When Wei signs up
      Then Wei is not refused as too young
      And Wei has a SHES account

      Examples:
        | birth date       | day          | time  | zone          | reason                                          |
        | 15 May 2012      | 15 May 2026  | 00:00 | Asia/Urumqi   | the first minute in the last time zone          |
        | 15 May 2012      | 15 May 2026  | 12:00 | Asia/Shanghai | the fourteenth birthday                         |
        | 15 May 2012      | 16 May 2026  | 12:00 | Asia/Shanghai | the day after the birthday                      |
        | 15 May 2011      | 15 May 2026  | 12:00 | Asia/Shanghai | aged fifteen, too young elsewhere               |
        | 29 February 2012 | 1 March 2026 | 00:00 | Asia/Urumqi   | born on 29 February, in a year without that day |

    @derived @api @needs-clock @needs-age-register
    Scenario: A person under fourteen cannot move the account to China
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
    Scenario: The minimum age of fourteen applies in China and not elsewhere
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
  Rule: Minimum ages are published with dates and sources
    A country may have its own minimum age. It applies in that country and for its stated period only, to the day;
    otherwise the minimum age is sixteen. The published ages are the ages applied.

    @policy @api
    Scenario: The age register states the minimum ages, their sources and their start dates
      Given it is 14 May 2026
      Then the age register states a minimum age of sixteen for countries without an entry, and of fourteen for China
      And the age register states a source for each entry, and a start date for each country

    @policy @api @needs-clock @needs-age-register
    Scenario Outline: A declared minimum age of <age> applies in <residence>: <reason>
      Given it is 14 May 2026
      And the minimum age is <age> in <residence>
      And Sam, who reaches the minimum age on 15 May 2026, lives in <residence>
      And Alex is Sam's twin but reaches the minimum age on 14 May 2026
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young

      Examples:
        | residence         | age | reason                                      |
        | India             | 18  | as its law will require                     |
        | Brazil            | 18  | several time zones                          |
        | South Korea       | 14  | below the general rule                      |
        | Belgium           | 13  | the lowest age the GDPR permits             |
        | the United States | 13  | the lowest age COPPA permits                |
        | Japan             | 20  | above the age of majority of many countries |

    @policy @api
    Scenario: The minimum age that the service itself declares applies in India
      Given it is 14 May 2026
      And Sam, who reaches the minimum age on 15 May 2026, lives in India
      And Alex is Sam's twin but reaches the minimum age on 14 May 2026
      When Sam registers
      And Alex signs up
      Then Alex is not refused as too young
      And Alex has a SHES account
      And Sam is refused as too young

    @derived @api @needs-clock @needs-age-register
    Scenario Outline: A minimum age for June applies in <residence> on <day> at <time>: <reason>
      Given it is <day>, <time> in <zone>
      And the minimum age is 18 in <residence> from 1 June 2026 until 1 July 2026
      And Sam, born on 10 March 2009, lives in <residence>
      And Alex is Sam's twin but was born on 10 March 2008
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young

      Examples:
        | residence         | day          | time  | zone             | reason                                 |
        | Japan             | 1 June 2026  | 00:00 | Asia/Tokyo       | the first minute                       |
        | Japan             | 30 June 2026 | 23:59 | Asia/Tokyo       | the last minute                        |
        | the United States | 1 June 2026  | 00:00 | Pacific/Honolulu | the first minute in the last time zone |
        | the United States | 30 June 2026 | 23:59 | Pacific/Honolulu | the last minute in the last time zone  |

    @derived @api @needs-clock @needs-age-register
    Scenario Outline: A minimum age for June does not apply in <residence> on <day> at <time>: <reason>
      Given it is <day>, <time> in <zone>
      And the minimum age is 18 in <residence> from 1 June 2026 until 1 July 2026
      And Sam, born on 10 March 2009, lives in <residence>
      When Sam signs up
      Then Sam is not refused as too young
      And Sam has a SHES account

      Examples:
        | residence         | day         | time  | zone             | reason                           |
        | Japan             | 31 May 2026 | 23:59 | Asia/Tokyo       | the last minute before it starts |
        | Japan             | 1 July 2026 | 00:00 | Asia/Tokyo       | the first minute after it ends   |
        | the United States | 1 June 2026 | 00:01 | America/New_York | it is still May in Honolulu      |
        | the United States | 1 July 2026 | 00:00 | Pacific/Honolulu | the first minute after it ends   |

    @derived @api @needs-clock @needs-age-register
    Scenario Outline: Of two entries for a country, the latest one in force applies: <age> on <day>
      Given it is <day>
      And the minimum age is 18 in Brazil, and 17 from 1 June 2026
      And Sam, born on <refused birth date>, lives in Brazil
      And Alex is Sam's twin but was born on <accepted birth date>
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young

      Examples:
        | day         | age       | refused birth date | accepted birth date |
        | 25 May 2026 | eighteen  | 10 March 2009      | 10 March 2008       |
        | 5 June 2026 | seventeen | 10 March 2010      | 10 March 2009       |

    @derived @api @needs-clock @needs-age-register
    Scenario Outline: The minimum age of <residence> does not apply in <other residence>
      Given it is 14 May 2026
      And the minimum age is 17 in <other residence>
      And the minimum age is 18 in <residence>
      And Sam, born on 10 March 2009, lives in <residence>
      And Alex is Sam's twin but lives in <other residence>
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young

      Examples:
        | residence | other residence |
        | Brazil    | Mexico          |
        | Germany   | Austria         |
        | Canada    | New York        |
        | Japan     | South Korea     |

    @derived @api @needs-clock @needs-age-register
    Scenario: A person born on 29 February reaches a minimum age of eighteen on 1 March
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
    Scenario Outline: A person under eighteen cannot move to <new residence>, where the minimum age is eighteen
      Given it is 14 May 2026
      And the minimum age is 18 in <new residence>
      And Sam, born on 15 May 2008, lives in <old residence> and has an account
      And Alex is Sam's twin but was born on 14 May 2008 and has an account
      When Sam moves to <new residence>
      And Alex moves to <new residence>
      Then Sam is refused as too young for <new residence>
      And Sam's account is unchanged
      And Alex is not refused as too young for <new residence>
      And Alex has a SHES account

      Examples:
        | old residence | new residence |
        | Mexico        | Brazil        |
        | Switzerland   | South Korea   |

  @clause-7.4
  Rule: No data of a refused child is retained, and another date of birth changes nothing
    What a child enters is not retained. The address remains refused for at least one day and at most thirty, whatever
    is entered next; what the service keeps for this purpose does not reveal whose address it was. A person who is later
    found to be a child loses the account, and the data is purged. Signing in through an identity provider circumvents
    none of this.

    @derived @api @storage @needs-clock
    Scenario Outline: In <residence>, a refused child remains refused <variation>
      Given it is 14 May 2026
      And Sam, born on 15 May 2014, lives in <residence>
      And Bram lives in <residence>
      And Sam's date of birth is unique
      When Sam registers
      And Bram registers
      Then Sam is refused as too young
      When Sam registers <variation>
      Then Sam is refused regardless of the date of birth
      And Sam cannot sign in
      And Sam receives no verification code
      And none of Sam's personal data is stored

      Examples:
        | residence       | variation                                                     |
        | the Netherlands | with the date of birth 1 May 1990                             |
        | California      | with the date of birth 1 May 1990                             |
        | China           | with the date of birth 1 May 1990                             |
        | Japan           | with the date of birth 1 May 1990                             |
        | the Netherlands | with the date of birth 1 May 1990 and the address in capitals |
        | the Netherlands | with the date of birth 1 May 1990, from Sweden                |

    @derived @api @storage @needs-clock
    Scenario Outline: The refusal still applies after 23 hours and 59 minutes: <reason>
      Given it is <day>
      And Sam, born on 15 May 2014, lives in Germany
      And Bram lives in Germany
      When Sam registers
      And Bram registers
      Then Sam is refused as too young
      When 23 hours pass
      And Sam registers with the date of birth 1 May 1990
      Then Sam is refused regardless of the date of birth
      When 59 minutes pass
      And Sam registers with the date of birth 1 May 1990
      Then Sam is refused regardless of the date of birth
      And Sam cannot sign in
      And none of Sam's personal data is stored

      Examples:
        | day              | reason                        |
        | 14 May 2026      | an ordinary day               |
        | 31 December 2026 | across the turn of the year   |
        | 29 February 2028 | on a leap day                 |
        | 24 October 2026  | across the end of summer time |

    @derived @api @needs-clock
    Scenario Outline: The refusal ends after thirty days at the latest: <reason>
      Given it is <day>
      And Sam, born on 15 May 1984, lives in Germany
      When Sam registers with the date of birth 15 May 2014
      Then Sam is refused as too young
      When 30 days pass
      And 1 hour passes
      And Sam signs up
      Then Sam is not refused as too young
      And Sam has a SHES account

      Examples:
        | day              | reason                        |
        | 14 May 2026      | an ordinary day               |
        | 31 December 2026 | across the turn of the year   |
        | 29 February 2028 | on a leap day                 |
        | 24 October 2026  | across the end of summer time |

    @derived @api @storage @needs-clock
    Scenario: A pending registration ends when a date of birth below the minimum age is entered
      Given it is 14 May 2026
      And Sam, born on 15 May 2014, lives in France
      And Bram lives in France
      When Sam registers with the date of birth 1 May 1990
      And Bram registers
      And Sam registers
      Then Sam is refused as too young
      And Sam's earlier verification link no longer works
      And Sam cannot sign in
      And none of Sam's personal data is stored

    @derived @api @outbound @storage @needs-clock
    Scenario Outline: In <residence>, an account holder found to be a child loses the account and the data
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
      And every recipient is instructed to stop using Sam's data
      When Sam registers with the date of birth 1 May 1990
      Then Sam is refused regardless of the date of birth
      When the purge window passes
      Then none of Sam's personal data is stored
      When Sam registers with the date of birth 1 May 1990
      Then Sam cannot sign in

      Examples:
        | residence       |
        | the Netherlands |
        | California      |
        | China           |
        | India           |
        | South Korea     |

    @derived @api @storage @needs-clock
    Scenario: A person found to be a child before creating a SHES account loses the Sony account
      Given it is 14 May 2026
      And Sam, born on 1 May 1990, lives in Poland and is signed in to a Sony account
      And Bram lives in Poland and is signed in to a Sony account
      When Sam changes the date of birth to one day below the minimum age
      Then Sam cannot sign in
      When Sam registers with the date of birth 1 May 1990
      Then Sam is refused regardless of the date of birth
      When 23 hours pass
      And Sam registers with the date of birth 1 May 1990
      Then Sam is refused regardless of the date of birth
      When the purge window passes
      Then none of Sam's personal data is stored

    @derived @api @needs-clock
    Scenario: A corrected date of birth above the minimum age does not affect the account
      Given it is 14 May 2026
      And Alex, born on 1 May 1990, lives in the Netherlands and has an account
      When Alex changes the date of birth to 14 May 2008
      Then Alex's Sony account shows the date of birth 14 May 2008
      And Alex has a SHES account

    @derived @api @storage @needs-clock @needs-identity-providers
    Scenario Outline: A child refused in <residence> obtains no account through <provider>
      Given it is 14 May 2026
      And Sam, born on 15 May 2014, lives in <residence>
      And Sam has an account at <provider>
      And Bram lives in <residence> and has an account
      And Bram has signed in through <provider>
      When Sam registers
      Then Sam is refused as too young
      When Sam signs up through <provider> with the date of birth 1 May 1990
      Then Sam has no SHES account
      When 23 hours pass
      And Sam signs up through <provider> with the date of birth 1 May 1990
      Then Sam has no SHES account
      And none of Sam's personal data is stored

      Examples:
        | residence       | provider |
        | the Netherlands | Google   |
        | California      | Facebook |
        | China           | Amazon   |
        | Japan           | Apple    |

    @derived @api @storage @needs-clock @needs-identity-providers
    Scenario Outline: A child in <residence> who never registered obtains no account through <provider>
      Given it is 14 May 2026
      And Sam, born on 15 May 2014, lives in <residence>
      And Sam has an account at <provider>
      And Bram lives in <residence> and has an account
      And Bram has signed in through <provider>
      When Sam signs up through <provider>
      Then Sam has no SHES account
      When Sam signs up through <provider> with the date of birth 1 May 1990
      Then Sam has no SHES account
      And none of Sam's personal data is stored

      Examples:
        | residence   | provider |
        | Germany     | Google   |
        | New York    | Facebook |
        | Brazil      | Amazon   |
        | South Korea | Apple    |

    @derived @api @storage @needs-clock @needs-identity-providers
    Scenario Outline: A child refused in <residence> obtains no account by another address at <provider>
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
    Scenario Outline: An account holder in <residence> found to be a child obtains no account through <provider>
      Given it is 14 May 2026
      And Sam, born on 1 May 1990, lives in <residence> and has an account
      And Sam has signed in through <provider>
      And Bram lives in <residence> and has an account
      And Bram has signed in through <provider>
      When Sam changes the date of birth to one day below the minimum age
      Then Sam's sessions no longer work
      When Sam signs up through <provider> with the date of birth 1 May 1990
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
    Scenario Outline: <provider> is not asked for a date of birth, and none is adopted from it
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
  Rule: Reports by parents and guardians are acted upon
    Parents and guardians are shown whom to contact. Every report is examined; in the meantime nothing is shared. If the
    person is a child, the account is closed, the data is erased, and every recipient is informed. A report does not
    reveal whether an account exists. It can be made by the form, or by mail in the words of the person who reports.

    @policy @notice
    Scenario Outline: The notice for parents in <residence>, requested in <language>, names contacts
      Given it is 14 May 2026
      And Bram lives in <residence>
      When somebody in <residence> reads the notice on children in <language>
      Then the notice names contacts for parents and guardians

      Examples:
        | residence       | language |
        | the Netherlands | Dutch    |
        | the Netherlands | English  |
        | France          | French   |
        | California      | English  |
        | Québec          | French   |
        | China           | English  |
        | Japan           | English  |
        | Brazil          | English  |

    @derived @api
    Scenario Outline: A report <route> does not reveal whether an account exists
      Given Sam lives in the Netherlands and has an account
      And Kim lives in the Netherlands
      And Greta lives in the Netherlands
      And Gerd lives in the Netherlands
      When Greta reports Sam as a child <route>
      And Gerd reports Kim as a child <route>
      Then Greta and Gerd are answered alike

      Examples:
        | route       |
        | by the form |

      @needs-guardian-mail
      Examples: By mail, in the words of the person who reports
        | route   |
        | by mail |

    @derived @outbound
    Scenario Outline: In <residence>, nothing is shared while a report <route> is under examination
      Given Sam lives in <residence> and has an account
      And Bram is Sam's twin and has an account
      And Greta lives in <residence>
      And Sam receives personalised marketing
      And Bram receives personalised marketing
      When Greta reports Sam as a child <route>
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
        | residence       | route                                    |
        | the Netherlands | by the form                              |
        | California      | by the form with the address in capitals |

      @needs-guardian-mail
      Examples: By mail, in the words of the person who reports
        | residence       | route   |
        | the Netherlands | by mail |
        | California      | by mail |

    @derived @outbound @needs-guardian-mail
    Scenario Outline: A mail that names the child <position> suspends sharing
      Given Sam lives in Japan and has an account
      And Bram is Sam's twin and has an account
      And Greta lives in Japan
      And Sam has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      When Greta writes to the children's desk naming Sam <position>
      And Sam changes the display name
      And Bram changes the display name
      Then nobody receives Sam's data

      Examples:
        | position                    |
        | in the subject only         |
        | in capitals, in brackets    |
        | in Japanese, without spaces |

    @derived @outbound @needs-guardian-mail
    Scenario: The person who reports is not treated as the person reported
      Given Sam lives in the Netherlands and has an account
      And Greta lives in the Netherlands and has an account
      And Greta has consented to e-mail marketing
      When Greta reports Sam as a child by mail
      And Greta changes the display name
      Then Sony Europe B.V. receives Greta's data for e-mail marketing
      And Sony Europe B.V. holds Greta's data

    @derived @mail @needs-clock @needs-guardian-mail
    Scenario: A mail that names no account is answered as an enquiry
      Given Greta lives in the Netherlands
      When Greta writes to the children's desk without naming an account
      And 14 days pass
      Then Greta's enquiry is answered by mail

    @derived @api @outbound @storage @needs-clock @needs-guardian-reports
    Scenario Outline: In <residence>, a confirmed report <route> ends the account and the sharing
      Given Sam lives in <residence> and has an account
      And Greta lives in <residence>
      And Sam receives personalised marketing
      And every place of storage shows Sam
      When Greta reports Sam as a child <route>
      And 40 days pass
      And staff find that Sam is a child
      Then Sam cannot sign in
      And every recipient is instructed to stop using Sam's data
      And Greta receives exactly one mail
      When Sam registers with the date of birth 1 May 1990
      Then Sam is refused regardless of the date of birth
      When the purge window passes
      Then none of Sam's personal data is stored

      Examples:
        | residence       | route       |
        | the Netherlands | by the form |
        | California      | by the form |
        | China           | by the form |
        | Canada          | by the form |

      @needs-guardian-mail
      Examples: By mail, in the words of the person who reports
        | residence       | route   |
        | the Netherlands | by mail |
        | California      | by mail |
        | China           | by mail |
        | Québec          | by mail |

    @derived @outbound @storage @needs-clock @needs-guardian-reports @needs-guardian-mail
    Scenario: Two children named in one mail are each reported, independently of each other
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
    Scenario: A confirmed report about a person without a SHES account ends the Sony account
      Given Sam lives in South Korea and is signed in to a Sony account
      And Bram lives in South Korea and is signed in to a Sony account
      And Greta lives in South Korea
      When Greta reports Sam as a child by the form
      And staff find that Sam is a child
      Then Sam cannot sign in
      When Sam registers with the date of birth 1 May 1990
      Then Sam is refused regardless of the date of birth
      When the purge window passes
      Then none of Sam's personal data is stored

    @derived @api @outbound @needs-guardian-reports
    Scenario Outline: In <residence>, an unfounded report <route> changes nothing, and a later one is examined
      Given Sam lives in <residence> and has an account
      And Bram is Sam's twin and has an account
      And Greta lives in <residence>
      And Sam receives personalised marketing
      And Sam has consented to profiling
      And Bram has consented to e-mail marketing
      When Greta reports Sam as a child <route>
      And staff find that Sam is not a child
      Then Sam's account is unchanged
      And every recipient holds Sam's data
      And Sam's consent to e-mail marketing is in force
      And Sam's consent to personalisation is in force
      And Sam's consent to profiling is in force
      And Greta receives exactly one mail
      When Greta reports Sam as a child <route>
      And Sam changes the display name
      And Bram changes the display name
      Then nobody receives Sam's data
      When staff find that Sam is a child
      Then Sam cannot sign in
      And every recipient is instructed to stop using Sam's data

      Examples:
        | residence       | route                                    |
        | the Netherlands | by the form                              |
        | New York        | by the form with the address in capitals |

      @needs-guardian-mail
      Examples: By mail, in the words of the person who reports
        | residence | route   |
        | Norway    | by mail |

    @derived @outbound @needs-guardian-reports
    Scenario: Sharing is suspended until the last of two reports is decided
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
    Scenario Outline: The text of a report <route> is purged after staff find that the person is <finding>
      Given Sam lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Greta lives in the Netherlands
      When Greta reports Sam as a child <route>
      And staff find that Sam is <finding>
      And the purge window passes
      Then none of Greta's report text is stored

      Examples:
        | route       | finding     |
        | by the form | not a child |
        | by the form | a child     |

      @needs-guardian-mail
      Examples: By mail, in the words of the person who reports
        | route   | finding     |
        | by mail | not a child |
        | by mail | a child     |

    @derived @storage
    Scenario Outline: No data is retained of a report <route> that concerns no account
      Given Kim lives in the Netherlands
      And Bram lives in the Netherlands and has an account
      And Greta lives in the Netherlands
      When Greta reports Kim as a child <route>
      Then none of Kim's personal data is stored
      When mail to Greta expires
      Then none of Greta's personal data is stored

      Examples:
        | route       |
        | by the form |

      @needs-guardian-mail
      Examples: By mail, in the words of the person who reports
        | route   |
        | by mail |

  @clause-7.6
  Rule: The service complies with children's privacy law
    What the service declares does not lower the ages set by children's privacy law. Until the age of majority of the
    residence nobody is profiled, and nothing about them is shared for marketing or with advertising vendors.

    @law @api @needs-clock @needs-age-register
    Scenario Outline: A declared minimum age of ten has no effect in <residence>: <reason>
      Given it is 14 May 2026
      And the minimum age is 10 in <residence>
      And Sam, who reaches the minimum age on 15 May 2026, lives in <residence>
      And Alex is Sam's twin but reaches the minimum age on 14 May 2026
      When Sam registers
      And Alex registers
      Then Alex is not refused as too young
      And Sam is refused as too young

      Examples:
        | residence                        | reason                                      |
        | the United States                | thirteen under COPPA                        |
        | California                       | thirteen in every state                     |
        | the Netherlands                  | thirteen, the lowest age the GDPR permits   |
        | the United Kingdom               | thirteen under the Data Protection Act 2018 |
        | South Korea                      | fourteen                                    |
        | China                            | fourteen                                    |
        | Puerto Rico                      | COPPA extends to the territory              |
        | Guam                             | COPPA extends to the territory              |
        | American Samoa                   | COPPA extends to the territory              |
        | the Northern Mariana Islands     | COPPA extends to the territory              |
        | the United States Virgin Islands | COPPA extends to the territory              |

    @law @api @needs-clock @needs-age-register
    Scenario: A declared minimum age of ten has no effect in any country of the EEA
      Given it is 13 May 2026
      And the minimum age is 10 in each country of the EEA
      When people register in each country of the EEA one minute too early and, if it has several time zones, on time
      Then every registration too early is refused, and every registration on time is accepted

    @law @api @needs-clock @needs-age-register
    Scenario Outline: A declared minimum age of ten has no effect at a move to <residence>
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
    Scenario Outline: Consent to e-mail marketing requires the age of majority in <residence>: <reason>
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
        | Québec                   | Law 25                     |
        | China                    | PIPL                       |
        | Japan                    | eighteen since 2022        |
        | South Korea              | nineteen                   |
        | Brazil                   | LGPD                       |
        | the United Arab Emirates | twenty-one until June 2026 |
        | British Columbia         | nineteen, provincial law   |
        | Nunavut                  | nineteen, territorial law  |
        | Puerto Rico              | twenty-one                 |
        | Réunion                  | GDPR                       |

    @law @api @needs-clock
    Scenario Outline: Consent to <purpose> requires the age of majority in <residence>
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
        | Québec          | profiling       |
        | South Korea     | profiling       |

    @law @api @needs-clock
    Scenario Outline: The age of majority in <residence> is reached at midnight in <zone>
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
    Scenario Outline: In <residence>, a person born on 29 February reaches the age of majority on 1 March
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
    Scenario Outline: In <residence>, reaching the age of majority creates no consent and starts no sharing
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
    Scenario Outline: No advertising vendor receives data of a minor in <residence>
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
    Scenario Outline: In <residence>, an account holder found to be a minor loses consents and profile
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
      Then every recipient is instructed to stop using Sam's data
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
    Scenario Outline: An adult of <old residence> who is a minor in <new residence> loses consents by the move
      Given it is 14 May 2026
      And Sam, who is of age at home but not in <new residence>, lives in <old residence> and has an account
      And Alex is Sam's twin but is of age in <new residence> too and has an account
      And Sam receives personalised marketing
      And Sam has consented to profiling
      And Sam has a profile
      And Alex has consented to e-mail marketing
      When Sam moves to <new residence>
      And Alex moves to <new residence>
      Then Sam is not refused as too young for <new residence>
      And Alex's company receives Alex's data for e-mail marketing
      And every recipient is instructed to stop using Sam's data
      And nobody receives Sam's data
      And Sam has no consent in force
      And Sam has no profile

      Examples:
        | old residence   | new residence            |
        | the Netherlands | South Korea              |
        | California      | the United Arab Emirates |
