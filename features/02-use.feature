Feature: 2 What the data is used for
  People are mailed offers only when they ask for it, by the company of the place they live in, and for as long as they like.

  @clause-2.1
  Rule: The account rests on the contract, and on no consent
    Data is processed to create, run and manage the account, because the person asked for it. Nothing of it hangs on a consent.

    @derived @api
    Scenario Outline: In <residence> the account works for somebody who consented to nothing
      Given Femke lives in <residence> and has an account
      When Femke signs in
      Then Femke can use every function of the account
      And Femke has no consent in force
      And Femke can delete the account

      Examples:
        | residence          |
        | the Netherlands    |
        | the United Kingdom |
        | Switzerland        |
        | California         |
        | Quebec             |
        | China              |
        | Japan              |
        | South Korea        |
        | Brazil             |

    @derived @api @record @needs-clock
    Scenario: Who consents is served no better
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      When Bram consents to e-mail marketing
      And Bram consents to personalisation
      And Femke signs in
      And Bram signs in
      And 5 hours pass
      Then Femke's session lasts as long as Bram's
      When 6 days pass
      Then Femke's session lasts as long as Bram's
      And Bram can use every function of the account
      And Femke can use every function of the account
      And Femke's consent record is empty

    @derived @api
    Scenario Outline: Who withdraws <purpose> is served no worse
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to <purpose>
      And Femke has withdrawn consent to <purpose>
      When Femke signs in
      Then Femke can use every function of the account
      And Femke can delete the account

      Examples:
        | purpose          |
        | e-mail marketing |
        | personalisation  |
        | profiling        |

    @derived @api
    Scenario: Who ended marketing by an objection, and then by the link, is served no worse
      Given Femke lives in South Korea and has an account
      And Femke has consented to e-mail marketing
      And Femke has requested an end to direct marketing
      And Femke has consented to e-mail marketing
      And Femke's company has sent its marketing mail
      And Femke has unsubscribed by the link in the mail
      When Femke signs in
      Then Femke can use every function of the account
      And Femke can delete the account

    @derived @api @needs-clock
    Scenario: Nor does the account end for want of a consent
      Given Femke lives in Germany and has an account
      When 12 months pass
      And Femke signs in
      Then Femke can use every function of the account

    @policy @record
    Scenario Outline: The record of processing names the contract as the basis in <residence>
      Given Femke lives in <residence> and has an account
      When Femke signs in
      Then the record of processing bases running the account on the contract in <residence>

      Examples:
        | residence       |
        | the Netherlands |
        | New York        |
        | Ontario         |
        | China           |
        | India           |

  @clause-2.2
  Rule: What people ask about their account is answered
    Whoever asks, by the form or by mail, gets an answer by mail. What they wrote is used for that alone.

    @policy @api @mail @record @needs-clock
    Scenario Outline: A question from <residence> is answered, and the ledger has it
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      When Femke submits an enquiry
      And 14 days pass
      And Femke signs in
      Then Femke's enquiry is accepted
      And Femke's enquiry is answered by mail
      And nobody but Femke receives mail
      And the mails to Femke contain no promotion
      And Femke has no consent in force
      And the enquiry ledger shows Femke's enquiry by form with its answer
      And the record of processing bases answering enquiries on the contract in <residence>

      Examples:
        | residence       |
        | the Netherlands |
        | Norway          |
        | Switzerland     |
        | California      |
        | Quebec          |
        | China           |
        | Japan           |
        | Brazil          |

    @policy @mail @record @needs-clock @needs-mail-intake
    Scenario: A question by mail is answered too
      Given Femke lives in the Netherlands and has an account
      When Femke writes to the support desk about the account
      And 14 days pass
      Then Femke's enquiry is answered by mail
      And nobody but Femke receives mail
      And the enquiry ledger shows Femke's enquiry by mail with its answer

    @derived @api @mail @needs-clock
    Scenario: A second and a third question are answered as the first was
      Given Femke, who uses a plus-address, lives in Germany and has an account
      And Femke has submitted an enquiry
      When Femke submits an enquiry
      And 14 days pass
      Then Femke's enquiry is accepted
      And Femke's enquiry is answered by mail
      When Femke submits an enquiry
      And 14 days pass
      Then Femke's enquiry is accepted
      And Femke's enquiry is answered by mail

    @derived @api @mail @needs-clock
    Scenario: Who has deleted the account is answered as well
      Given Femke lives in New York and has an account
      And Femke has deleted the account giving a reason
      When Femke submits an enquiry
      And 14 days pass
      Then Femke's enquiry is accepted
      And Femke's enquiry is answered by mail

    @derived @api @mail @needs-clock
    Scenario: Somebody without an account is answered as well
      Given Femke lives in the Netherlands
      When Femke submits an enquiry
      And 14 days pass
      Then Femke's enquiry is accepted
      And Femke's enquiry is answered by mail

    @derived @mail @outbound @needs-clock
    Scenario: What was asked is used for the answer alone
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      When Femke submits an enquiry
      And 14 days pass
      And Femke changes the display name
      Then Femke's enquiry is answered by mail
      And nothing shared reveals Femke's enquiry
      And the mails to Femke contain no promotion

  @clause-2.3
  Rule: E-mail marketing takes the person's own consent, and is by e-mail alone
    Data is collected and shared for e-mail marketing only while a consent to just that stands. The consent is off at
    first, apart from the account and from every other consent, and recorded with its time, text and language. A mail
    that serves the account carries no promotion.

    @derived @api @outbound
    Scenario Outline: Everything ticked at registration is no consent in <residence>
      Given Femke lives in <residence>
      And Bram lives in <residence> and has an account
      When Femke signs up with every box ticked
      And Bram consents to e-mail marketing
      Then Femke has no consent in force
      And nobody receives anything about Femke for e-mail marketing

      Examples:
        | residence       |
        | the Netherlands |
        | California      |
        | Japan           |

    @derived @api @outbound @record
    Scenario Outline: Nothing else that Femke does is a consent, from <residence> to <new home>
      Given Femke lives in <residence> and has an account
      And Bram lives in <new home> and has an account
      And Femke has created a My Sony ID
      And Femke has allowed viewing in the television app
      When Femke submits an enquiry
      And Femke changes the date of birth to 3 March 1985
      And Femke turns the setting 'Personal Information' on
      And Femke moves to <new home>
      And Femke changes the display name
      And Bram consents to e-mail marketing
      Then Femke has no consent in force
      And Femke's consent record is empty
      And nobody receives anything about Femke for e-mail marketing

      Examples:
        | residence   | new home        |
        | South Korea | New York        |
        | Brazil      | the Netherlands |
        | Switzerland | Ontario         |
        | Greece      | China           |

    @derived @api @outbound
    Scenario Outline: A consent to <other> is none to e-mail marketing
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      When Femke consents to <other>
      And Bram consents to e-mail marketing
      Then Femke's consent to <other> is in force
      And Femke's consent to e-mail marketing is not in force
      And nobody receives anything about Femke for e-mail marketing

      Examples:
        | other           |
        | personalisation |
        | profiling       |

    @derived @api @outbound
    Scenario Outline: Withdrawing <other> leaves e-mail marketing alone
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to <other>
      When Femke withdraws consent to <other>
      And Femke changes the display name
      Then Femke's consent to <other> is not in force
      And Femke's consent to e-mail marketing is in force
      And Sony Europe B.V. receives Femke's data for e-mail marketing
      And Sony Europe B.V. is not told to stop using Femke's data

      Examples:
        | other           |
        | personalisation |
        | profiling       |

    @derived @api @outbound
    Scenario: Withdrawing e-mail marketing leaves the other consents alone
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to personalisation
      When Femke withdraws consent to e-mail marketing
      Then Femke's consent to e-mail marketing is not in force
      And Femke's consent to personalisation is in force
      And Sony Europe B.V. is told to stop using Femke's data

    @policy @api @outbound
    Scenario: With the consent the company gets what it mails by, and no secret
      Given Femke lives in the Netherlands and has an account
      When Femke consents to e-mail marketing
      Then Femke's consent to e-mail marketing is in force
      And Sony Europe B.V. receives Femke's data for e-mail marketing
      And nobody but Sony Europe B.V. receives anything about Femke
      And what is shared about Femke contains no secrets, identity providers or website usage

    @policy @api @outbound @needs-clock
    Scenario: After a withdrawal nothing more is shared
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Femke receives personalised marketing
      And Femke has created a My Sony ID
      And Femke has consented to profiling in the television app
      And Bram has consented to e-mail marketing
      When 3 months pass
      And Femke signs in
      And Bram signs in
      And Femke withdraws consent to e-mail marketing
      Then Femke's consent to e-mail marketing is not in force
      And Sony Europe B.V. is told to stop using Femke's data
      And Bram's consent to e-mail marketing is in force
      And Sony Europe B.V. is not told to stop using Bram's data
      When Femke changes the display name
      And Femke allows gaming in the television app
      And Bram changes the display name
      Then nobody receives anything about Femke for e-mail marketing
      And nobody holds Femke's data
      And Sony Europe B.V. receives Bram's data for e-mail marketing

    @derived @api @outbound @needs-clock
    Scenario: A consent given in two languages is withdrawn with one step
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      When Femke consents to e-mail marketing in English
      And 1 day passes
      And Femke signs in
      And Femke withdraws consent to e-mail marketing
      Then Femke's consent to e-mail marketing is not in force
      And Sony Europe B.V. is told to stop using Femke's data

    @policy @outbound @record
    Scenario: A consent given again is shared again, and is a new entry in the ledger
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has withdrawn consent to e-mail marketing
      And Femke has changed the display name
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And Femke's consent record shows 2 consents to e-mail marketing, the first withdrawn
      And every share for e-mail marketing rests on a recorded consent

    @policy @api @outbound
    Scenario: One person's consent is nobody else's
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      When Femke consents to e-mail marketing
      And Bram changes the display name
      Then Femke's consent to e-mail marketing is in force
      And Bram has no consent in force
      And nobody receives anything about Bram for e-mail marketing

    @derived @record @outbound @needs-clock
    Scenario Outline: The ledger in <residence> keeps time, text and language of a consent read in <language>
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      When Femke consents to e-mail marketing in <language>
      And 2 months pass
      And Femke signs in
      And Femke withdraws consent to e-mail marketing
      And 40 days pass
      And Femke signs in
      And Femke consents to e-mail marketing
      And Femke consents to personalisation
      Then Femke's company receives Femke's data for e-mail marketing
      And Femke's consent record shows every consent with its time, text and language
      And Bram's consent record is empty
      And every share for e-mail marketing rests on a recorded consent

      Examples:
        | residence          | language |
        | the Netherlands    | Dutch    |
        | the Netherlands    | English  |
        | the United Kingdom | English  |
        | Quebec             | French   |
        | Japan              | Japanese |

    @derived @api @outbound @record
    Scenario Outline: Agreeing <how> is no consent
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      When Femke consents to e-mail marketing <how>
      And Bram consents to e-mail marketing
      Then Femke's consent to e-mail marketing is not in force
      And Femke's consent record is empty
      And nobody receives anything about Femke for e-mail marketing

      Examples:
        | how                                     |
        | under an unpublished text               |
        | under a text in an unpublished language |

    @derived @api @outbound
    Scenario: All of this holds for somebody who comes unlike anybody here
      Given Femke, who uses an uncommon browser and mail domain, lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      When Femke withdraws consent to e-mail marketing
      Then Sony Europe B.V. is told to stop using Femke's data
      When Femke changes the display name
      And Bram changes the display name
      Then nobody receives anything about Femke for e-mail marketing
      And Femke's consent to e-mail marketing is not in force

    @derived @api @outbound
    Scenario: A consent withdrawn on one device is withdrawn on the other
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Femke has signed in on another device
      And Femke has withdrawn consent to e-mail marketing
      When Femke signs in
      And Femke changes the display name
      And Bram changes the display name
      Then Femke's consent to e-mail marketing is not in force
      And nobody receives anything about Femke for e-mail marketing

    @derived @api @outbound @needs-clock
    Scenario: A new account with the same address begins without a consent
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has deleted the account giving a reason
      When 8 months pass
      And Femke signs up again
      And Bram signs in
      And Bram consents to e-mail marketing
      Then Femke has no consent in force
      And nobody receives anything about Femke for e-mail marketing

    @derived @mail
    Scenario Outline: Mails that serve an account in <residence> advertise nothing
      Given Femke lives in <residence> and has an account
      And Femke has consented to e-mail marketing
      And Femke has withdrawn consent to e-mail marketing
      When Femke requests a copy of the data
      And Femke deletes the account
      Then the mails to Femke contain no promotion

      Examples:
        | residence       |
        | the Netherlands |
        | Germany         |
        | France          |
        | New York        |
        | Japan           |

    @derived @mail @needs-mail-intake
    Scenario: The answers to what is asked by mail advertise nothing
      Given Femke lives in Nevada and has an account
      When Femke requests an opt-out of sale and sharing by mail
      And Femke requests an opt-out under Nevada law by mail without the postal code
      And Femke writes to the support desk about the account
      Then the mails to Femke contain no promotion

    @derived @mail @needs-clock
    Scenario: Who never consented gets no mail in the months that follow
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Bram has consented to e-mail marketing
      When 1 month passes
      And 2 months pass
      And 10 months pass
      And Sony Europe B.V. sends its marketing mail
      Then Femke receives no mail

  @clause-2.4
  Rule: How people sign in, and how they use the website, is nothing that marketing gets
    Website usage, tokens from signing in and the chosen provider are never part of what is shared for marketing; nor are
    passwords and other secrets. This holds at first and later, for who is shared with and for who is told to stop.

    @policy @outbound
    Scenario Outline: What <residence> shares tells nothing of sign-ins and visits
      Given Femke lives in <residence> and has an account
      And Femke has used the website with two browsers
      And Femke has created a My Sony ID
      And Femke has consented to profiling in the television app
      And Femke has consented to personalisation
      And Femke has allowed viewing in the television app
      When Femke consents to e-mail marketing
      And Femke uses the website with two browsers
      And Femke changes the display name
      Then Femke's company receives Femke's data for e-mail marketing
      And Femke's company receives Femke's data for personalisation
      And what is shared about Femke contains no secrets, identity providers or website usage
      When Femke deletes the account
      Then Femke's company is told to stop using Femke's data
      And what is shared about Femke contains no secrets, identity providers or website usage

      Examples:
        | residence          |
        | the Netherlands    |
        | the United Kingdom |
        | New York           |
        | Quebec             |
        | China              |
        | Japan              |
        | South Korea        |
        | Brazil             |

    @derived @outbound
    Scenario: A password that was mistyped stays where it was typed
      Given Femke lives in the Netherlands and has an account
      And Femke has signed in after a wrong password
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And what is shared about Femke contains no secrets, identity providers or website usage

    @policy @outbound @needs-clock
    Scenario Outline: No company learns in <residence> when Femke was there
      Given Femke lives in <residence> and has an account
      And Femke has used the website on 2 days
      When Femke consents to e-mail marketing
      Then Femke's company receives Femke's data for e-mail marketing
      And what is shared about Femke contains no secrets, identity providers or website usage

      Examples:
        | residence       |
        | the Netherlands |
        | California      |

    @policy @outbound @needs-clock
    Scenario: A delivery that is tried again says no more than the first
      Given Femke lives in the Netherlands and has an account
      And Sony Europe B.V. is unreachable
      And Femke has used the website with two browsers
      And Femke has consented to e-mail marketing
      When 2 hours pass
      And Sony Europe B.V. recovers
      And 2 hours pass
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And what is shared about Femke contains no secrets, identity providers or website usage

    @policy @outbound
    Scenario: Being told to stop says nothing of how Femke did it
      Given Femke lives in the Netherlands and has an account
      And Femke has used the website with two browsers
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      When Femke unsubscribes by the link in the mail
      Then Sony Europe B.V. is told to stop using Femke's data
      And what is shared about Femke contains no secrets, identity providers or website usage

    @policy @outbound
    Scenario: A move tells the new company nothing of it either
      Given Femke lives in the Netherlands and has an account
      And Femke has used the website with two browsers
      And Femke has consented to e-mail marketing
      When Femke moves to Japan
      Then Femke's company receives Femke's data for e-mail marketing
      And what is shared about Femke contains no secrets, identity providers or website usage

    @policy @outbound
    Scenario: Advertising vendors learn nothing of it
      Given Femke lives in California and has an account
      And an advertising vendor holds Femke's data
      When Femke uses the website with two browsers
      And Femke changes the display name
      Then what is shared about Femke contains no secrets, identity providers or website usage

  @clause-2.5
  Rule: Who gets the data for e-mail marketing follows from where the person lives
    The European Economic Area: Sony Europe B.V. The United States: Sony Electronics Inc. Canada: Sony of Canada Ltd. China:
    Sony (China) Limited. Elsewhere: the one group company that is registered for the country. It follows a move.

    @policy @outbound
    Scenario Outline: <residence> shares with <company>
      Given Femke lives in <residence> and has an account
      When Femke consents to e-mail marketing
      Then <company> receives Femke's data for e-mail marketing
      And nobody but <company> receives anything about Femke

      Examples: The European Economic Area
        | residence       | company          |
        | Austria         | Sony Europe B.V. |
        | Belgium         | Sony Europe B.V. |
        | Bulgaria        | Sony Europe B.V. |
        | Croatia         | Sony Europe B.V. |
        | Cyprus          | Sony Europe B.V. |
        | Czechia         | Sony Europe B.V. |
        | Denmark         | Sony Europe B.V. |
        | Estonia         | Sony Europe B.V. |
        | Finland         | Sony Europe B.V. |
        | France          | Sony Europe B.V. |
        | Germany         | Sony Europe B.V. |
        | Greece          | Sony Europe B.V. |
        | Hungary         | Sony Europe B.V. |
        | Iceland         | Sony Europe B.V. |
        | Ireland         | Sony Europe B.V. |
        | Italy           | Sony Europe B.V. |
        | Latvia          | Sony Europe B.V. |
        | Liechtenstein   | Sony Europe B.V. |
        | Lithuania       | Sony Europe B.V. |
        | Luxembourg      | Sony Europe B.V. |
        | Malta           | Sony Europe B.V. |
        | the Netherlands | Sony Europe B.V. |
        | Norway          | Sony Europe B.V. |
        | Poland          | Sony Europe B.V. |
        | Portugal        | Sony Europe B.V. |
        | Romania         | Sony Europe B.V. |
        | Slovakia        | Sony Europe B.V. |
        | Slovenia        | Sony Europe B.V. |
        | Spain           | Sony Europe B.V. |
        | Sweden          | Sony Europe B.V. |

      Examples: The United States, Canada and China
        | residence        | company               |
        | California       | Sony Electronics Inc. |
        | Colorado         | Sony Electronics Inc. |
        | Connecticut      | Sony Electronics Inc. |
        | Utah             | Sony Electronics Inc. |
        | Virginia         | Sony Electronics Inc. |
        | Nevada           | Sony Electronics Inc. |
        | New York         | Sony Electronics Inc. |
        | Ontario          | Sony of Canada Ltd.   |
        | British Columbia | Sony of Canada Ltd.   |
        | Quebec           | Sony of Canada Ltd.   |
        | Alberta          | Sony of Canada Ltd.   |
        | China            | Sony (China) Limited  |

    @policy @outbound
    Scenario Outline: <residence> shares with the one company registered for it
      Given Femke lives in <residence> and has an account
      When Femke consents to e-mail marketing
      Then one group company is registered for <residence>
      And Femke's company receives Femke's data for e-mail marketing
      And nobody but Femke's company receives anything about Femke

      # Section 11 names Sony Europe B.V. as representative for the first two; it may be registered for them, or another.
      Examples:
        | residence                |
        | the United Kingdom       |
        | Switzerland              |
        | Japan                    |
        | South Korea              |
        | Taiwan                   |
        | Brazil                   |
        | Mexico                   |
        | Australia                |
        | India                    |
        | South Africa             |
        | the United Arab Emirates |

    @derived @outbound @needs-clock
    Scenario Outline: A move from <old home> to <new home> takes the data to another company
      Given Femke lives in <old home> and has an account
      And Femke has consented to e-mail marketing
      When 3 months pass
      And Femke signs in
      And Femke moves to <new home>
      Then <new company> receives Femke's data for e-mail marketing
      And <old company> is told to stop using Femke's data
      And <old company> does not receive Femke's data for e-mail marketing
      When Femke changes the display name
      Then <new company> receives Femke's data for e-mail marketing
      And nobody but <new company> receives anything about Femke

      Examples:
        | old home        | old company           | new home   | new company           |
        | the Netherlands | Sony Europe B.V.      | California | Sony Electronics Inc. |
        | California      | Sony Electronics Inc. | Quebec     | Sony of Canada Ltd.   |
        | Ontario         | Sony of Canada Ltd.   | China      | Sony (China) Limited  |
        | China           | Sony (China) Limited  | Iceland    | Sony Europe B.V.      |

    @derived @outbound
    Scenario: A move to a country with a company of its own, and back again
      Given Femke lives in China and has an account
      And Femke has consented to e-mail marketing
      When Femke moves to Japan
      Then Femke's company receives Femke's data for e-mail marketing
      And Sony (China) Limited is told to stop using Femke's data
      And nobody but Femke's company receives Femke's data
      When Femke moves to China
      Then Sony (China) Limited receives Femke's data for e-mail marketing
      And nobody but Sony (China) Limited receives Femke's data
      When Femke changes the display name
      Then Sony (China) Limited receives Femke's data for e-mail marketing
      And nobody but Sony (China) Limited receives anything about Femke

    @derived @outbound @needs-clock
    Scenario Outline: From the Netherlands to <there> and back
      Given Femke lives in the Netherlands and has an account
      And Femke has created a My Sony ID
      And Femke has consented to profiling in the television app
      And Femke receives personalised marketing
      When Femke moves to <there>
      Then Femke's company receives Femke's data for e-mail marketing
      And Femke's company receives Femke's data for personalisation
      And Sony Europe B.V. is told exactly once to stop using Femke's data
      And nobody but Femke's company receives Femke's data for e-mail marketing
      And nobody but Femke's company holds Femke's data
      When 3 months pass
      And Femke signs in
      And Femke moves to the Netherlands
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And Sony Europe B.V. receives Femke's data for personalisation
      And Sony Europe B.V. receives Femke's data for profiling
      And nobody but Sony Europe B.V. receives Femke's data for e-mail marketing
      And nobody but Sony Europe B.V. holds Femke's data

      # The United Kingdom and Switzerland may have the same company as the Netherlands.
      Examples:
        | there       |
        | South Korea |
        | Japan       |
        | California  |
        | Virginia    |
        | Quebec      |
        | China       |

    @derived @outbound @needs-clock
    Scenario Outline: Who moves while <company> is down is in the right place in the end
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And <company> is unreachable
      When Femke moves to Quebec
      And <time> pass
      And <company> recovers
      And 1 hour passes
      Then Femke's company receives Femke's data for e-mail marketing
      And Sony Europe B.V. is told exactly once to stop using Femke's data
      And nobody but Femke's company receives Femke's data
      And nobody but Femke's company holds Femke's data

      Examples:
        | company             | time      |
        | Sony Europe B.V.    | 2 hours   |
        | Sony of Canada Ltd. | 2 hours   |
        | Sony of Canada Ltd. | 166 hours |

    @derived @outbound
    Scenario: A consent given anew after a move goes to the new company
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has withdrawn consent to e-mail marketing
      And Femke has moved to Quebec
      When Femke consents to e-mail marketing
      Then Sony of Canada Ltd. receives Femke's data for e-mail marketing
      And nobody but Sony of Canada Ltd. receives anything about Femke
      And nobody but Sony of Canada Ltd. holds Femke's data

    @derived @outbound
    Scenario: A new postal code alone is passed on too
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      When Femke changes the postal code to a nearby one
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And Sony Europe B.V. knows Femke's current details
      When Femke changes the display name
      Then Sony Europe B.V. knows Femke's current details
      And nobody but Sony Europe B.V. receives anything about Femke

    @derived @outbound
    Scenario Outline: A move from <old home> to <new home> stays with <company>
      Given Femke lives in <old home> and has an account
      And Femke has consented to e-mail marketing
      When Femke moves to <new home>
      Then <company> receives Femke's data for e-mail marketing
      And <company> is not told to stop using Femke's data
      And nobody but <company> receives anything about Femke

      Examples:
        | old home        | new home         | company               |
        | the Netherlands | Norway           | Sony Europe B.V.      |
        | California      | New York         | Sony Electronics Inc. |
        | Quebec          | British Columbia | Sony of Canada Ltd.   |

    @derived @outbound
    Scenario: A move gives nobody's data to a company without a consent
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Bram has consented to e-mail marketing
      When Femke moves to Japan
      And Bram moves to Japan
      Then nobody receives anything about Femke for e-mail marketing
      And Bram's company receives Bram's data for e-mail marketing

  @clause-2.6
  Rule: How products are used personalises the marketing with consent, and as far as the product app allows
    The use of a product may be combined with what is known of the person, to personalise the marketing. Sharing for that takes
    a consent of its own and stays inside the preferences set in the product app. It carries nothing of sign-ins and visits.

    @policy @outbound @record
    Scenario Outline: With consent and preference the company of <residence> learns just what is allowed
      Given Femke lives in <residence> and has an account
      And Femke has consented to e-mail marketing
      And Femke has allowed viewing and gaming in the television app
      When Femke consents to personalisation
      Then Femke's company receives Femke's data for personalisation
      And nobody but Femke's company receives Femke's data for personalisation
      And Femke's company knows only viewing and gaming of Femke from the television app
      And every share for personalisation rests on a recorded consent
      And the record of processing bases personalisation on consent in <residence>
      When Femke changes the display name
      Then Femke's company knows only viewing and gaming of Femke from the television app
      And Femke's product usage is shared for personalisation only

      Examples:
        | residence          |
        | the Netherlands    |
        | the United Kingdom |
        | California         |
        | Quebec             |
        | China              |
        | Japan              |

    @policy @outbound @record
    Scenario Outline: Without a consent to just that nothing of it is shared in <residence>
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Bram has consented to personalisation
      When Femke consents to e-mail marketing
      And Femke consents to profiling in the television app
      And Femke allows viewing in the television app
      And Bram consents to e-mail marketing
      And Bram allows viewing in the television app
      Then nobody receives Femke's data for personalisation
      And Femke's product usage is shared for personalisation only
      And Femke's company receives Bram's data for personalisation
      And every share for personalisation rests on a recorded consent

      Examples:
        | residence       |
        | the Netherlands |
        | Switzerland     |
        | South Korea     |
        | Brazil          |

    @policy @outbound
    Scenario: What is switched off in the product app is not shared, consent or not
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Femke has turned personalisation off in the television app
      And Bram has allowed viewing in the television app
      When Femke consents to personalisation
      And Bram consents to personalisation
      Then nobody receives Femke's data for personalisation
      And Femke's product usage is shared for personalisation only

    @policy @outbound
    Scenario: What is allowed in one app is not allowed in another
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has turned personalisation off in the headphones app
      And Femke has allowed viewing in the television app
      When Femke consents to personalisation
      Then Sony Europe B.V. knows only viewing of Femke from the television app

    @policy @outbound
    Scenario: A preference that is narrowed later holds from then on
      Given Femke lives in the Netherlands and has an account
      And Femke receives personalised marketing
      When Femke allows features in the television app
      Then Sony Europe B.V. knows only features of Femke from the television app
      When Femke changes the display name
      Then Sony Europe B.V. knows only features of Femke from the television app
      And Femke's product usage is shared for personalisation only

    @derived @outbound
    Scenario: Usage that the app tells no more is shared no more
      Given Femke lives in Germany and has an account
      And Femke receives personalised marketing
      When Femke allows viewing in the television app with newer usage data
      Then Sony Europe B.V. knows only newer viewing of Femke from the television app
      When Femke changes the display name
      Then Sony Europe B.V. knows only newer viewing of Femke from the television app

    @policy @outbound @needs-clock
    Scenario: Switched off later, the company is told to stop
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke receives personalised marketing
      And Bram receives personalised marketing
      When 3 months pass
      And Femke signs in
      And Bram signs in
      And Femke turns personalisation off in the television app
      Then Sony Europe B.V. is told to stop using Femke's data for personalisation
      When Femke changes the display name
      And Bram changes the display name
      Then nobody receives Femke's data for personalisation
      And Sony Europe B.V. receives Femke's data for e-mail marketing

    @policy @outbound @record @needs-clock
    Scenario Outline: The consent to <purpose> withdrawn, it ends, and the ledger says so
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke receives personalised marketing
      And Bram receives personalised marketing
      When 3 months pass
      And Femke signs in
      And Bram signs in
      And Femke withdraws consent to <purpose>
      Then Sony Europe B.V. is told to stop using Femke's data for personalisation
      And Femke's consent record shows every consent with its time, text and language
      When Femke changes the display name
      And Femke allows gaming in the television app
      And Bram changes the display name
      Then nobody receives Femke's data for personalisation

      Examples:
        | purpose          |
        | personalisation  |
        | e-mail marketing |

    @derived @outbound @needs-clock
    Scenario: A preference narrowed while the company is down holds for what is delivered after
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to personalisation
      And Sony Europe B.V. is unreachable
      And Femke has allowed viewing in the television app
      And Femke has allowed gaming in the television app
      When Sony Europe B.V. recovers
      And 2 hours pass
      Then Sony Europe B.V. knows only gaming of Femke from the television app

    @derived @outbound
    Scenario: It goes with the person, and nothing of sign-ins and visits goes with it
      Given Femke lives in the Netherlands and has an account
      And Femke has used the website with two browsers
      And Femke receives personalised marketing
      When Femke moves to South Korea
      Then Femke's company receives Femke's data for personalisation
      And Femke's company knows only viewing of Femke from the television app
      And Sony Europe B.V. is told to stop using Femke's data for personalisation
      And nobody but Femke's company holds Femke's data
      And what is shared about Femke contains no secrets, identity providers or website usage

  @clause-2.7
  Rule: Profiling takes a further consent, given in a product app, and a My Sony ID
    Sony Europe B.V. may personalise by profiling, for residents of the European Economic Area who agreed to just that in a product
    app and have made a My Sony ID. Nothing of sign-ins and visits goes with it.

    @policy @outbound @record
    Scenario Outline: In <residence> Sony Europe B.V. learns who agreed to be profiled
      Given Femke lives in <residence> and has an account
      And Femke has consented to e-mail marketing
      And Femke has created a My Sony ID
      When Femke consents to profiling in the television app
      Then Sony Europe B.V. receives Femke's data for profiling
      And nobody but Sony Europe B.V. receives Femke's data for profiling
      And Femke's consent record shows a consent to profiling in the television app
      And every share for profiling rests on a recorded consent
      And the record of processing bases profiling on consent in <residence>

      Examples:
        | residence       |
        | the Netherlands |
        | Germany         |
        | Iceland         |

    @policy @outbound
    Scenario: The consents to marketing and personalisation are none to profiling
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has created a My Sony ID
      And Bram has created a My Sony ID
      And Bram has consented to profiling in the television app
      When Femke consents to e-mail marketing
      And Femke consents to personalisation in the television app
      And Femke allows viewing in the television app
      And Bram consents to e-mail marketing
      Then nobody receives Femke's data for profiling
      And Sony Europe B.V. receives Bram's data for profiling

    @policy @outbound
    Scenario: A consent that was given outside a product app marks nobody for profiling
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Femke has created a My Sony ID
      And Bram has created a My Sony ID
      When Femke consents to profiling
      And Bram consents to profiling in the headphones app
      Then nobody receives Femke's data for profiling
      When Femke consents to profiling in the headphones app
      Then Sony Europe B.V. receives Femke's data for profiling
      When Femke withdraws consent to profiling
      And Femke consents to profiling
      And Femke changes the display name
      And Bram changes the display name
      Then nobody receives Femke's data for profiling

    @policy @outbound
    Scenario: Without a My Sony ID nobody is marked for profiling
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Bram has created a My Sony ID
      When Femke consents to profiling in the television app
      And Bram consents to profiling in the television app
      Then nobody receives Femke's data for profiling
      When Femke creates a My Sony ID
      Then Sony Europe B.V. receives Femke's data for profiling
      When Femke deletes the My Sony ID
      Then Sony Europe B.V. is told to stop using Femke's data for profiling
      When Femke creates a My Sony ID
      Then Sony Europe B.V. receives Femke's data for profiling
      When Femke deletes the My Sony ID
      Then Sony Europe B.V. is told to stop using Femke's data for profiling

    @policy @outbound @record
    Scenario Outline: In <residence> nobody is profiled
      Given Femke lives in <residence> and has an account
      And Bram lives in the Netherlands and has an account
      And Femke has created a My Sony ID
      And Bram has created a My Sony ID
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      When Femke consents to profiling in the television app
      And Bram consents to profiling in the television app
      Then nobody receives Femke's data for profiling
      And the record of processing has no profiling in <residence>

      Examples:
        | residence          |
        | the United Kingdom |
        | Switzerland        |
        | California         |
        | Quebec             |
        | Japan              |
        | South Korea        |
        | Brazil             |

    @derived @outbound
    Scenario: It ends with a move out of the European Economic Area
      Given Femke lives in the Netherlands and has an account
      And Femke is profiled
      When Femke moves to Switzerland
      Then Sony Europe B.V. is told to stop using Femke's data for profiling
      And Femke's company receives Femke's data for e-mail marketing
      And nobody but Sony Europe B.V. receives Femke's data for profiling

    @derived @outbound @record @needs-clock
    Scenario Outline: It ends with the consent to <purpose>
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke is profiled
      And Bram is profiled
      When 3 months pass
      And Femke signs in
      And Bram signs in
      And Femke withdraws consent to <purpose>
      Then Sony Europe B.V. is told to stop using Femke's data for profiling
      And Femke's consent record shows every consent with its time, text and language
      When Femke signs in
      And Femke changes the display name
      And Bram changes the display name
      Then nobody receives Femke's data for profiling

      Examples:
        | purpose          |
        | profiling        |
        | e-mail marketing |

    @derived @outbound @needs-clock
    Scenario: It ends with the link in the mail too
      Given Femke lives in Norway and has an account
      And Bram is Femke's twin and has an account
      And Femke is profiled
      And Bram is profiled
      And Sony Europe B.V. has sent its marketing mail
      When 3 months pass
      And Femke unsubscribes by the link in the mail
      Then Sony Europe B.V. is told to stop using Femke's data for profiling
      When Femke signs in
      And Bram signs in
      And Femke changes the display name
      And Bram changes the display name
      Then nobody receives Femke's data for profiling

    @derived @outbound @needs-clock
    Scenario: A share that could not be delivered is not delivered after the consent has ended
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Femke has created a My Sony ID
      And Bram is profiled
      And Sony Europe B.V. is unreachable
      And Femke has consented to profiling in the television app
      And Femke has withdrawn consent to profiling
      When Sony Europe B.V. recovers
      And 1 hour passes
      And Bram signs in
      And Bram changes the display name
      Then nobody receives Femke's data for profiling

    @policy @outbound
    Scenario: Nothing of sign-ins and visits is given for profiling
      Given Femke lives in the Netherlands and has an account
      And Femke has used the website with two browsers
      And Femke has signed in after a wrong password
      And Femke is profiled
      When Femke changes the display name
      Then Sony Europe B.V. receives Femke's data for profiling
      And what is shared about Femke contains no secrets, identity providers or website usage
      And Femke's product usage is shared for personalisation only

  @clause-2.8
  Rule: Unsubscribing works at any time, by the link in the mail
    The link in a marketing mail of the local company ends e-mail marketing: without signing in, at us and at the company,
    also when the company cannot be reached at that moment. A link that is only visited changes nothing. Nothing follows
    until there is a new consent.

    @policy @mail @outbound @api @needs-clock
    Scenario Outline: The link in the mail ends e-mail marketing in <residence>
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has created a My Sony ID
      And Femke has consented to profiling in the television app
      And Femke receives personalised marketing
      And Bram has consented to e-mail marketing
      When 3 months pass
      And Femke signs in
      And Bram signs in
      And Femke's company sends its marketing mail
      Then Femke receives a marketing mail with a link to unsubscribe
      When Femke unsubscribes by the link in the mail
      Then the unsubscription takes effect at once
      And Femke's consent to e-mail marketing is not in force
      And Femke's company is told to stop using Femke's data
      And Bram's consent to e-mail marketing is in force
      And Bram's company is not told to stop using Bram's data
      When Femke's company sends its marketing mail
      Then Femke receives no mail

      Examples:
        | residence          |
        | the Netherlands    |
        | Norway             |
        | the United Kingdom |
        | Switzerland        |
        | California         |
        | Quebec             |
        | China              |
        | Japan              |
        | South Korea        |
        | Brazil             |
        | Mexico             |
        | Australia          |

    @derived @mail @outbound @api
    Scenario: The click of a mail program that sends forms in parts counts as well
      Given Femke lives in Denmark and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      When Femke unsubscribes by the link in the mail with a multipart form
      Then the unsubscription takes effect at once
      And Femke's consent to e-mail marketing is not in force
      And Sony Europe B.V. is told to stop using Femke's data
      And Bram's consent to e-mail marketing is in force

    @derived @mail @outbound @api
    Scenario Outline: A link scanner that visits by <visit> unsubscribes nobody
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      When a link scanner requests the link in the mail to Femke by <visit>
      Then Femke's consent to e-mail marketing is in force
      And Sony Europe B.V. is not told to stop using Femke's data
      When Femke changes the display name
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      When Sony Europe B.V. sends its marketing mail
      Then Femke receives a marketing mail with a link to unsubscribe

      Examples:
        | visit |
        | GET   |
        | HEAD  |

    @derived @outbound @api
    Scenario: Unsubscribing twice is as good as once
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Fenna is Femke's second account under another address
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Fenna has consented to e-mail marketing
      And Femke has used the website with two browsers
      And Sony Europe B.V. has sent its marketing mail
      When Femke unsubscribes by the link in the mail
      And Femke unsubscribes by the link in the mail
      Then the unsubscription takes effect at once
      And Femke's consent to e-mail marketing is not in force
      And Sony Europe B.V. is told exactly once to stop using Femke's data
      And Bram's consent to e-mail marketing is in force
      And Fenna's consent to e-mail marketing is in force

    @derived @mail @outbound @api @needs-clock
    Scenario: After unsubscribing nothing is shared or mailed for marketing
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to personalisation
      And Bram has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      And Femke has unsubscribed by the link in the mail
      When Femke signs in
      And Femke changes the display name
      And Femke moves to Japan
      And Bram signs in
      And Bram changes the display name
      Then nobody receives anything about Femke for e-mail marketing
      And Femke's consent to personalisation is in force
      When 7 months pass
      And Sony Europe B.V. sends its marketing mail
      Then Femke receives no mail

    @derived @outbound @api @needs-clock
    Scenario Outline: The company is down for <time> while Femke unsubscribes
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      And Sony Europe B.V. is unreachable
      When Femke unsubscribes by the link in the mail
      Then Femke's consent to e-mail marketing is not in force
      When <time> pass
      And Sony Europe B.V. recovers
      And 1 hour passes
      Then Sony Europe B.V. is told exactly once to stop using Femke's data
      And nobody holds Femke's data
      When 2 days pass
      Then Sony Europe B.V. is not told to stop using Femke's data
      And Sony Europe B.V. does not receive Femke's data for e-mail marketing

      # After 168 hours a delivery may be given up; the next try may be an hour away.
      Examples:
        | time      |
        | 2 hours   |
        | 166 hours |

    @derived @outbound @needs-clock
    Scenario: A change that could not be delivered is not delivered after unsubscribing
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      And Sony Europe B.V. is unreachable
      And Femke has changed the display name
      And Bram has changed the display name
      And Femke has unsubscribed by the link in the mail
      When Sony Europe B.V. recovers
      And 1 hour passes
      And 2 days pass
      Then Sony Europe B.V. does not receive Femke's data for e-mail marketing
      And Sony Europe B.V. is told exactly once to stop using Femke's data
      And Sony Europe B.V. receives Bram's data for e-mail marketing

    @derived @outbound @needs-clock
    Scenario: A first share that could not be delivered is not delivered after a withdrawal
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Sony Europe B.V. is unreachable
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Femke has withdrawn consent to e-mail marketing
      When Sony Europe B.V. recovers
      And 1 hour passes
      And 2 days pass
      Then Sony Europe B.V. does not receive Femke's data for e-mail marketing
      And Sony Europe B.V. receives Bram's data for e-mail marketing

    @derived @outbound @needs-clock
    Scenario: Consenting anew while the withdrawal still waits leaves the company with the share
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. is unreachable
      And Femke has withdrawn consent to e-mail marketing
      And Femke has consented to e-mail marketing
      When Sony Europe B.V. recovers
      And 1 hour passes
      And 2 days pass
      Then Sony Europe B.V. holds Femke's data

    @derived @outbound @api @needs-clock
    Scenario Outline: The link works a year later, and after <change>
      Given Femke lives in the Netherlands and has an account
      And Femke receives personalised marketing
      And Sony Europe B.V. has sent its marketing mail
      And Femke has <change>
      When 12 months pass
      And Femke unsubscribes by the link in the mail
      Then the unsubscription takes effect at once
      And Femke's company is told to stop using Femke's data
      And nobody holds Femke's data
      When Femke signs in
      Then Femke's consent to e-mail marketing is not in force

      Examples:
        | change                   |
        | changed the display name |
        | moved to Quebec          |

    @derived @mail @outbound @api
    Scenario: A new consent after unsubscribing comes with a link that works
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      And Femke has unsubscribed by the link in the mail
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      When Sony Europe B.V. sends its marketing mail
      Then Femke receives a marketing mail with a link to unsubscribe
      When Femke unsubscribes by the link in the mail
      Then the unsubscription takes effect at once
      And Femke's consent to e-mail marketing is not in force
      And Sony Europe B.V. is told to stop using Femke's data

    @derived @outbound @api
    Scenario Outline: The link works for <name> too
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      When Femke changes the display name to <name>
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      When Sony Europe B.V. sends its marketing mail
      And Femke unsubscribes by the link in the mail
      Then the unsubscription takes effect at once
      And Sony Europe B.V. is told to stop using Femke's data
      And Femke's consent to e-mail marketing is not in force

      Examples:
        | name                 |
        | a right-to-left name |
        | a very long name     |
        | a name full of signs |

    @derived @mail @outbound @api
    Scenario Outline: The link works for whoever has <address>
      Given Femke, who uses <address>, lives in the Netherlands and has an account
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      When Sony Europe B.V. sends its marketing mail
      Then Femke receives a marketing mail with a link to unsubscribe
      When Femke unsubscribes by the link in the mail
      Then the unsubscription takes effect at once
      And Sony Europe B.V. is told to stop using Femke's data
      And Femke's consent to e-mail marketing is not in force

      Examples:
        | address                               |
        | a plus-address                        |
        | an address in a domain with an umlaut |
        | an address with an apostrophe         |
        | an address in capitals                |
        | a very long address                   |

  @clause-2.9
  Rule: The other way out, the local company's own privacy policy, is shown
    Beside the link in the mail there is a second way, and people are shown where to find it: the privacy policy of the company
    that mails them. In the United States with its notice for California, in Canada in English and in French.

    @policy @notice
    Scenario Outline: In <residence>, read in <language>, the notice leads to the policy of <company>
      When somebody in <residence> reads the notice on ending e-mail marketing in <language>
      Then the notice links to the local company's privacy policy
      And the notice names <company> and no other group company
      And the notice is in <language>

      Examples:
        | residence | language | company              |
        | Quebec    | Dutch    | Sony of Canada Ltd.  |
        | China     | English  | Sony (China) Limited |
        | China     | Dutch    | Sony (China) Limited |

    @policy @notice
    Scenario Outline: All over <area>, read in <language>, the notice leads to the policy of <company>
      When people across <area> read the notice on ending e-mail marketing in <language>
      Then the notice links to the local company's privacy policy
      And the notice names <company> and no other group company
      And the notice is in <language>

      Examples:
        | area                       | language | company               |
        | the European Economic Area | Dutch    | Sony Europe B.V.      |
        | the European Economic Area | English  | Sony Europe B.V.      |
        | the United States          | Dutch    | Sony Electronics Inc. |
        | the United States          | English  | Sony Electronics Inc. |
        | Canada                     | English  | Sony of Canada Ltd.   |

    @policy @notice
    Scenario Outline: All over <area>, asked for in <language>, the notice leads to the policy of the local company
      When people across <area> read the notice on ending e-mail marketing in <language>
      Then the notice links to the local company's privacy policy

      Examples:
        | area                       | language |
        | the European Economic Area | German   |
        | the European Economic Area | French   |
        | the rest of the world      | English  |
        | the rest of the world      | Dutch    |

    @policy @notice
    Scenario Outline: All over the United States, read in <language>, it leads to the notice for California too
      When people across the United States read the notice on ending e-mail marketing in <language>
      Then the notice links to the California notice

      Examples:
        | language |
        | English  |
        | Dutch    |

    @policy @notice
    Scenario Outline: All over Canada, asked for in <language>, it leads to the policy in both languages of Canada
      When people across Canada read the notice on ending e-mail marketing in <language>
      Then the notice links to the local company's privacy policy in English and in French

      Examples:
        | language |
        | English  |
        | French   |

    @derived @notice @needs-clock
    Scenario: It is still shown a year later
      Given Femke lives in the Netherlands and has an account
      When 12 months pass
      And somebody in the Netherlands reads the notice on ending e-mail marketing in Dutch
      Then the notice links to the local company's privacy policy
