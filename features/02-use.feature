Feature: 2 Purposes of use
  Marketing mail is sent only with consent, by the group company responsible for the person's residence, and only until
  the consent ends.

  @clause-2.1
  Rule: The account is based on the contract and requires no consent
    Data is processed to create, operate and manage the account because the person requested it. No function of the
    account depends on a consent.

    @derived @api
    Scenario Outline: In <residence>, every function of the account works without any consent
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
        | Québec             |
        | China              |
        | Japan              |
        | South Korea        |
        | Brazil             |

    @derived @api @record @needs-clock
    Scenario: Consents to marketing and personalisation bring no advantage in the account
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
    Scenario Outline: After consent to <purpose> is withdrawn, every function of the account still works
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
    Scenario: After an objection and an unsubscription, every function of the account still works
      Given Femke lives in South Korea and has an account
      And Femke has consented to e-mail marketing
      And Femke has requested an end to direct marketing
      And Femke has consented to e-mail marketing
      And Femke's company has sent its marketing mail
      And Femke has unsubscribed through the link in the mail
      When Femke signs in
      Then Femke can use every function of the account
      And Femke can delete the account

    @derived @api @needs-clock
    Scenario: A year without any consent does not end the account
      Given Femke lives in Germany and has an account
      When 12 months pass
      And Femke signs in
      Then Femke can use every function of the account

    @policy @record
    Scenario Outline: In <residence>, the record of processing bases the account on the contract
      Given Femke lives in <residence> and has an account
      When Femke signs in
      Then the record of processing bases operating the account on the contract in <residence>

      Examples:
        | residence       |
        | the Netherlands |
        | New York        |
        | Ontario         |
        | China           |
        | India           |

  @clause-2.2
  Rule: Enquiries about the account are answered
    Every enquiry, by form or by mail, is answered by mail. Its content is used for the answer only.

    @policy @api @mail @record @needs-clock
    Scenario Outline: An enquiry from <residence> is answered by mail and recorded in the enquiry ledger
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
        | Québec          |
        | China           |
        | Japan           |
        | Brazil          |

    @policy @mail @record @needs-clock @needs-mail-intake
    Scenario: An enquiry by mail is answered and recorded in the enquiry ledger
      Given Femke lives in the Netherlands and has an account
      When Femke writes to the support desk about the account
      And 14 days pass
      Then Femke's enquiry is answered by mail
      And nobody but Femke receives mail
      And the enquiry ledger shows Femke's enquiry by mail with its answer

    @derived @mail @needs-clock @needs-mail-intake
    Scenario Outline: In <residence>, an enquiry by mail <form> is answered
      Given Femke lives in <residence> and has an account
      When Femke writes to the support desk about the account <form>
      And 14 days pass
      Then Femke's enquiry is answered by mail

      Examples:
        | residence       | form                      |
        | the Netherlands | as text and HTML          |
        | Germany         | in an older character set |
        | Japan           | in an older character set |
        | China           | as HTML                   |
        | Québec          | as a reply                |
        | South Korea     | with broken lines         |
        | California      | as a forwarded mail       |

    @derived @api @mail @needs-clock
    Scenario: A second and a third enquiry are answered as well
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
    Scenario: An enquiry made after the account is deleted is answered
      Given Femke lives in New York and has an account
      And Femke has deleted the account giving a reason
      When Femke submits an enquiry
      And 14 days pass
      Then Femke's enquiry is accepted
      And Femke's enquiry is answered by mail

    @derived @api @mail @needs-clock
    Scenario: An enquiry from a person without an account is answered
      Given Femke lives in the Netherlands
      When Femke submits an enquiry
      And 14 days pass
      Then Femke's enquiry is accepted
      And Femke's enquiry is answered by mail

    @derived @mail @outbound @needs-clock
    Scenario: The content of an enquiry is used for the answer only
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      When Femke submits an enquiry
      And 14 days pass
      And Femke changes the display name
      Then Femke's enquiry is answered by mail
      And nothing shared reveals Femke's enquiry
      And the mails to Femke contain no promotion

  @clause-2.3
  Rule: E-mail marketing requires a separate consent and uses e-mail only
    Data is collected and shared for e-mail marketing only while a consent to that purpose is in force. The consent is
    off by default, separate from the account and from every other consent, and recorded with its time, text and
    language. Mail that serves the account contains no promotion.

    @derived @api @outbound
    Scenario Outline: In <residence>, boxes ticked at sign-up give no consent
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
    Scenario Outline: No other action gives a consent, including a move from <residence> to <new residence>
      Given Femke lives in <residence> and has an account
      And Bram lives in <new residence> and has an account
      And Femke has created a My Sony ID
      And Femke has allowed the use of viewing data in the television app
      When Femke submits an enquiry
      And Femke changes the date of birth to 3 March 1985
      And Femke turns the setting 'Personal Information' on
      And Femke moves to <new residence>
      And Femke changes the display name
      And Bram consents to e-mail marketing
      Then Femke has no consent in force
      And Femke's consent record is empty
      And nobody receives anything about Femke for e-mail marketing

      Examples:
        | residence   | new residence   |
        | South Korea | New York        |
        | Brazil      | the Netherlands |
        | Switzerland | Ontario         |
        | Greece      | China           |

    @derived @api @outbound
    Scenario Outline: Consent to <purpose> does not extend to e-mail marketing
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      When Femke consents to <purpose>
      And Bram consents to e-mail marketing
      Then Femke's consent to <purpose> is in force
      And Femke's consent to e-mail marketing is not in force
      And nobody receives anything about Femke for e-mail marketing

      Examples:
        | purpose         |
        | personalisation |
        | profiling       |

    @derived @api @outbound
    Scenario Outline: Withdrawing consent to <purpose> leaves consent to e-mail marketing in force
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to <purpose>
      When Femke withdraws consent to <purpose>
      And Femke changes the display name
      Then Femke's consent to <purpose> is not in force
      And Femke's consent to e-mail marketing is in force
      And Sony Europe B.V. receives Femke's data for e-mail marketing
      And Sony Europe B.V. is not instructed to stop using Femke's data

      Examples:
        | purpose         |
        | personalisation |
        | profiling       |

    @derived @api @outbound
    Scenario: Withdrawing consent to e-mail marketing leaves consent to personalisation in force
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to personalisation
      When Femke withdraws consent to e-mail marketing
      Then Femke's consent to e-mail marketing is not in force
      And Femke's consent to personalisation is in force
      And Sony Europe B.V. is instructed to stop using Femke's data

    @derived @api @outbound @record @needs-clock
    Scenario Outline: In <residence>, each of the consents changes nothing else
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Bram has consented to e-mail marketing
      Then the consents of Femke change nothing else

      Examples:
        | residence       |
        | the Netherlands |
        | California      |
        | Québec          |

    @policy @api @outbound
    Scenario: With consent, only the responsible group company receives the data, and no secrets
      Given Femke lives in the Netherlands and has an account
      When Femke consents to e-mail marketing
      Then Femke's consent to e-mail marketing is in force
      And Sony Europe B.V. receives Femke's data for e-mail marketing
      And nobody but Sony Europe B.V. receives anything about Femke
      And what is shared about Femke contains no secrets, identity providers or website usage

    @policy @api @outbound @needs-clock
    Scenario: After a withdrawal, no further data is shared for e-mail marketing
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
      And Sony Europe B.V. is instructed to stop using Femke's data
      And Bram's consent to e-mail marketing is in force
      And Sony Europe B.V. is not instructed to stop using Bram's data
      When Femke changes the display name
      And Femke allows the use of gaming data in the television app
      And Bram changes the display name
      Then nobody receives anything about Femke for e-mail marketing
      And nobody holds Femke's data
      And Sony Europe B.V. receives Bram's data for e-mail marketing

    @derived @api @outbound @needs-clock
    Scenario: A consent given in two languages is withdrawn in one step
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      When Femke consents to e-mail marketing in English
      And 1 day passes
      And Femke signs in
      And Femke withdraws consent to e-mail marketing
      Then Femke's consent to e-mail marketing is not in force
      And Sony Europe B.V. is instructed to stop using Femke's data

    @policy @outbound @record
    Scenario: A renewed consent resumes sharing and is recorded as a new entry
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has withdrawn consent to e-mail marketing
      And Femke has changed the display name
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And Femke's consent record shows 2 consents to e-mail marketing, the first withdrawn
      And every share for e-mail marketing rests on a recorded consent

    @policy @api @outbound
    Scenario: A consent applies only to the person who gave it
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      When Femke consents to e-mail marketing
      And Bram changes the display name
      Then Femke's consent to e-mail marketing is in force
      And Bram has no consent in force
      And nobody receives anything about Bram for e-mail marketing

    @derived @record @outbound @needs-clock
    Scenario Outline: In <residence>, a consent given in <language> is recorded with time, text and language
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
        | Québec             | French   |
        | Japan              | Japanese |

    @derived @api @outbound @record
    Scenario Outline: A consent <circumstance> is not valid
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      When Femke consents to e-mail marketing <circumstance>
      And Bram consents to e-mail marketing
      Then Femke's consent to e-mail marketing is not in force
      And Femke's consent record is empty
      And nobody receives anything about Femke for e-mail marketing

      Examples:
        | circumstance                            |
        | under an unpublished text               |
        | under a text in an unpublished language |

    @derived @api @outbound
    Scenario: A withdrawal ends sharing for a person with an uncommon browser and mail domain
      Given Femke, who uses an uncommon browser and mail domain, lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      When Femke withdraws consent to e-mail marketing
      Then Sony Europe B.V. is instructed to stop using Femke's data
      When Femke changes the display name
      And Bram changes the display name
      Then nobody receives anything about Femke for e-mail marketing
      And Femke's consent to e-mail marketing is not in force

    @derived @api @outbound
    Scenario: A consent withdrawn on one device is no longer in force on another
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
    Scenario: A new account at the same address starts without any consent
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
    Scenario Outline: In <residence>, mails that serve the account contain no promotion
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
    Scenario: Answers to requests and enquiries by mail contain no promotion
      Given Femke lives in Nevada and has an account
      When Femke requests an opt-out of sale and sharing by mail
      And Femke requests an opt-out under Nevada law by mail without the postal code
      And Femke writes to the support desk about the account
      Then the mails to Femke contain no promotion

    @derived @mail @needs-clock
    Scenario: Without consent, a person receives no mail in the following months
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Bram has consented to e-mail marketing
      When 1 month passes
      And 2 months pass
      And 10 months pass
      And Sony Europe B.V. sends its marketing mail
      Then Femke receives no mail

    @derived @outbound @record @needs-clock
    Scenario: A share reaches a company that fails in every way
      Given Femke lives in the Netherlands and has an account
      And Sony Europe B.V. is unreachable
      When Femke consents to e-mail marketing
      And Sony Europe B.V. fails in every way, for 2 hours each
      And Sony Europe B.V. recovers
      And 1 hour passes
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And Sony Europe B.V. holds Femke's data
      And the disclosure ledger matches the deliveries received

  @clause-2.4
  Rule: Sign-in data and website usage are never shared for marketing
    Website usage, sign-in tokens and the chosen identity provider are never part of what is shared for marketing; nor
    are passwords and other secrets. This applies to first and later deliveries, whether they share data or end its use.

    @policy @outbound
    Scenario Outline: In <residence>, deliveries contain no sign-in data and no website usage
      Given Femke lives in <residence> and has an account
      And Femke has used the website with two browsers
      And Femke has created a My Sony ID
      And Femke has consented to profiling in the television app
      And Femke has consented to personalisation
      And Femke has allowed the use of viewing data in the television app
      When Femke consents to e-mail marketing
      And Femke uses the website with two browsers
      And Femke changes the display name
      Then Femke's company receives Femke's data for e-mail marketing
      And Femke's company receives Femke's data for personalisation
      And what is shared about Femke contains no secrets, identity providers or website usage
      When Femke deletes the account
      Then Femke's company is instructed to stop using Femke's data
      And what is shared about Femke contains no secrets, identity providers or website usage

      Examples:
        | residence          |
        | the Netherlands    |
        | New York           |
        | China              |
        | Japan              |
        | Brazil             |

    @derived @outbound
    Scenario: A mistyped password is not shared
      Given Femke lives in the Netherlands and has an account
      And Femke has signed in after a wrong password
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And what is shared about Femke contains no secrets, identity providers or website usage

    @policy @outbound @needs-clock
    Scenario Outline: In <residence>, no delivery reveals when the website was used
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
    Scenario: A repeated delivery contains no sign-in data and no website usage
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
    Scenario: The withdraw delivery after an unsubscription contains no sign-in data and no website usage
      Given Femke lives in the Netherlands and has an account
      And Femke has used the website with two browsers
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      When Femke unsubscribes through the link in the mail
      Then Sony Europe B.V. is instructed to stop using Femke's data
      And what is shared about Femke contains no secrets, identity providers or website usage

    @policy @outbound
    Scenario: After a move, the new company receives no sign-in data and no website usage
      Given Femke lives in the Netherlands and has an account
      And Femke has used the website with two browsers
      And Femke has consented to e-mail marketing
      When Femke moves to Japan
      Then Femke's company receives Femke's data for e-mail marketing
      And what is shared about Femke contains no secrets, identity providers or website usage

    @policy @outbound
    Scenario: Advertising vendors receive no sign-in data and no website usage
      Given Femke lives in California and has an account
      And an advertising vendor holds Femke's data
      When Femke uses the website with two browsers
      And Femke changes the display name
      Then what is shared about Femke contains no secrets, identity providers or website usage

  @clause-2.5
  Rule: The residence determines which company receives data for e-mail marketing
    European Economic Area: Sony Europe B.V. United States: Sony Electronics Inc. Canada: Sony of Canada Ltd. China:
    Sony (China) Limited. Elsewhere: the one group company registered for the country. After a move, the new residence
    applies.

    @policy @outbound
    Scenario Outline: Data of residents of <residence> is shared with <company> only
      Given Femke lives in <residence> and has an account
      When Femke consents to e-mail marketing
      Then <company> receives Femke's data for e-mail marketing
      And nobody but <company> receives anything about Femke

      Examples: The European Economic Area
        | residence         | company          |
        | Austria           | Sony Europe B.V. |
        | Belgium           | Sony Europe B.V. |
        | Bulgaria          | Sony Europe B.V. |
        | Croatia           | Sony Europe B.V. |
        | Cyprus            | Sony Europe B.V. |
        | Czechia           | Sony Europe B.V. |
        | Denmark           | Sony Europe B.V. |
        | Estonia           | Sony Europe B.V. |
        | Finland           | Sony Europe B.V. |
        | France            | Sony Europe B.V. |
        | Germany           | Sony Europe B.V. |
        | Greece            | Sony Europe B.V. |
        | Hungary           | Sony Europe B.V. |
        | Iceland           | Sony Europe B.V. |
        | Ireland           | Sony Europe B.V. |
        | Italy             | Sony Europe B.V. |
        | Latvia            | Sony Europe B.V. |
        | Liechtenstein     | Sony Europe B.V. |
        | Lithuania         | Sony Europe B.V. |
        | Luxembourg        | Sony Europe B.V. |
        | Malta             | Sony Europe B.V. |
        | the Netherlands   | Sony Europe B.V. |
        | Norway            | Sony Europe B.V. |
        | Poland            | Sony Europe B.V. |
        | Portugal          | Sony Europe B.V. |
        | Romania           | Sony Europe B.V. |
        | Slovakia          | Sony Europe B.V. |
        | Slovenia          | Sony Europe B.V. |
        | Spain             | Sony Europe B.V. |
        | Sweden            | Sony Europe B.V. |
        | the Åland Islands | Sony Europe B.V. |
        | French Guiana     | Sony Europe B.V. |
        | Guadeloupe        | Sony Europe B.V. |
        | Saint Martin      | Sony Europe B.V. |
        | Martinique        | Sony Europe B.V. |
        | Réunion           | Sony Europe B.V. |
        | Mayotte           | Sony Europe B.V. |

      Examples: The United States, Canada and China
        | residence                 | company               |
        | California                | Sony Electronics Inc. |
        | Colorado                  | Sony Electronics Inc. |
        | Connecticut               | Sony Electronics Inc. |
        | Utah                      | Sony Electronics Inc. |
        | Virginia                  | Sony Electronics Inc. |
        | Nevada                    | Sony Electronics Inc. |
        | New York                  | Sony Electronics Inc. |
        | Ontario                   | Sony of Canada Ltd.   |
        | British Columbia          | Sony of Canada Ltd.   |
        | Québec                    | Sony of Canada Ltd.   |
        | Alberta                   | Sony of Canada Ltd.   |
        | Yukon                     | Sony of Canada Ltd.   |
        | the Northwest Territories | Sony of Canada Ltd.   |
        | Nunavut                   | Sony of Canada Ltd.   |
        | China                     | Sony (China) Limited  |

    @policy @outbound
    Scenario Outline: Data of residents of <residence> is shared only with their registered company
      Given Femke lives in <residence> and has an account
      When Femke consents to e-mail marketing
      Then exactly one group company is registered for <residence>
      And Femke's company receives Femke's data for e-mail marketing
      And nobody but Femke's company receives anything about Femke

      # Section 11 names Sony Europe B.V. as representative for the first two; it or another company may be
      # registered for them.
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
        | Greenland                |
        | New Caledonia            |
        | Puerto Rico              |

    @derived @outbound @needs-clock
    Scenario Outline: After a move from <old residence> to <new residence>, <new company> replaces <old company>
      Given Femke lives in <old residence> and has an account
      And Femke has consented to e-mail marketing
      When 3 months pass
      And Femke signs in
      And Femke moves to <new residence>
      Then <new company> receives Femke's data for e-mail marketing
      And <old company> is instructed to stop using Femke's data
      And <old company> does not receive Femke's data for e-mail marketing
      When Femke changes the display name
      Then <new company> receives Femke's data for e-mail marketing
      And nobody but <new company> receives anything about Femke

      Examples:
        | old residence   | old company           | new residence | new company           |
        | the Netherlands | Sony Europe B.V.      | California    | Sony Electronics Inc. |
        | California      | Sony Electronics Inc. | Québec        | Sony of Canada Ltd.   |
        | Ontario         | Sony of Canada Ltd.   | China         | Sony (China) Limited  |
        | China           | Sony (China) Limited  | Iceland       | Sony Europe B.V.      |

    @derived @outbound
    Scenario: After each move from China to Japan and back, only the responsible company receives data
      Given Femke lives in China and has an account
      And Femke has consented to e-mail marketing
      When Femke moves to Japan
      Then Femke's company receives Femke's data for e-mail marketing
      And Sony (China) Limited is instructed to stop using Femke's data
      And nobody but Femke's company receives Femke's data
      When Femke moves to China
      Then Sony (China) Limited receives Femke's data for e-mail marketing
      And nobody but Sony (China) Limited receives Femke's data
      When Femke changes the display name
      Then Sony (China) Limited receives Femke's data for e-mail marketing
      And nobody but Sony (China) Limited receives anything about Femke

    @derived @outbound @needs-clock
    Scenario Outline: After a move to <residence> and back, only the responsible company holds the data
      Given Femke lives in the Netherlands and has an account
      And Femke has created a My Sony ID
      And Femke has consented to profiling in the television app
      And Femke receives personalised marketing
      When Femke moves to <residence>
      Then Femke's company receives Femke's data for e-mail marketing
      And Femke's company receives Femke's data for personalisation
      And Sony Europe B.V. is instructed exactly once to stop using Femke's data
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

      # The United Kingdom and Switzerland may have the same company as the Netherlands, so they are left out.
      Examples:
        | residence   |
        | South Korea |
        | Japan       |
        | California  |
        | Virginia    |
        | Québec      |
        | China       |

    @derived @outbound @needs-clock
    Scenario Outline: A move while <company> is unreachable for <duration> takes full effect afterwards
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And <company> is unreachable
      When Femke moves to Québec
      And <duration> pass
      And <company> recovers
      And 1 hour passes
      Then Femke's company receives Femke's data for e-mail marketing
      And Sony Europe B.V. is instructed exactly once to stop using Femke's data
      And nobody but Femke's company receives Femke's data
      And nobody but Femke's company holds Femke's data

      Examples:
        | company             | duration  |
        | Sony Europe B.V.    | 2 hours   |
        | Sony of Canada Ltd. | 2 hours   |
        | Sony of Canada Ltd. | 166 hours |

    @derived @outbound
    Scenario: A renewed consent after a move is shared with the new company only
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has withdrawn consent to e-mail marketing
      And Femke has moved to Québec
      When Femke consents to e-mail marketing
      Then Sony of Canada Ltd. receives Femke's data for e-mail marketing
      And nobody but Sony of Canada Ltd. receives anything about Femke
      And nobody but Sony of Canada Ltd. holds Femke's data

    @derived @outbound
    Scenario: A change of postal code alone is shared with the company
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      When Femke changes the postal code to a nearby one
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And Sony Europe B.V. knows Femke's current details
      When Femke changes the display name
      Then Sony Europe B.V. knows Femke's current details
      And nobody but Sony Europe B.V. receives anything about Femke

    @derived @outbound
    Scenario Outline: After a move from <old residence> to <new residence>, <company> keeps receiving the data
      Given Femke lives in <old residence> and has an account
      And Femke has consented to e-mail marketing
      When Femke moves to <new residence>
      Then <company> receives Femke's data for e-mail marketing
      And <company> is not instructed to stop using Femke's data
      And nobody but <company> receives anything about Femke

      Examples:
        | old residence   | new residence    | company               |
        | the Netherlands | Norway           | Sony Europe B.V.      |
        | California      | New York         | Sony Electronics Inc. |
        | Québec          | British Columbia | Sony of Canada Ltd.   |

    @derived @outbound
    Scenario: Without consent, a move shares no data
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Bram has consented to e-mail marketing
      When Femke moves to Japan
      And Bram moves to Japan
      Then nobody receives anything about Femke for e-mail marketing
      And Bram's company receives Bram's data for e-mail marketing

  @clause-2.6
  Rule: Product usage personalises marketing only with consent and within the app's preferences
    Product usage may be combined with other data about the person to personalise the marketing. Sharing for this
    purpose requires a consent of its own and stays within the preferences set in the product app. It includes no
    sign-in data and no website usage.

    @derived @api @outbound @record @needs-clock
    Scenario: Each of the product settings changes nothing else
      Given Femke lives in Germany and has an account
      And Bram is Femke's twin and has an account
      And Bram has consented to e-mail marketing
      Then the product settings of Femke change nothing else

    @policy @outbound @record
    Scenario Outline: In <residence>, the company receives only the usage data that consent and preferences allow
      Given Femke lives in <residence> and has an account
      And Femke has consented to e-mail marketing
      And Femke has allowed the use of viewing and gaming data in the television app
      When Femke consents to personalisation
      Then Femke's company receives Femke's data for personalisation
      And nobody but Femke's company receives Femke's data for personalisation
      And Femke's company holds only viewing and gaming data of Femke from the television app
      And every share for personalisation rests on a recorded consent
      And the record of processing bases personalisation on consent in <residence>
      When Femke changes the display name
      Then Femke's company holds only viewing and gaming data of Femke from the television app
      And Femke's product usage is shared for personalisation only

      Examples:
        | residence          |
        | the Netherlands    |
        | the United Kingdom |
        | California         |
        | Québec             |
        | China              |
        | Japan              |

    @policy @outbound @record
    Scenario Outline: In <residence>, no usage data is shared without consent to personalisation
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Bram has consented to personalisation
      When Femke consents to e-mail marketing
      And Femke consents to profiling in the television app
      And Femke allows the use of viewing data in the television app
      And Bram consents to e-mail marketing
      And Bram allows the use of viewing data in the television app
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
    Scenario: While personalisation is turned off in the app, no usage data is shared even with consent
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Femke has turned personalisation off in the television app
      And Bram has allowed the use of viewing data in the television app
      When Femke consents to personalisation
      And Bram consents to personalisation
      Then nobody receives Femke's data for personalisation
      And Femke's product usage is shared for personalisation only

    @policy @outbound
    Scenario: A preference set in one app does not extend to another
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has turned personalisation off in the headphones app
      And Femke has allowed the use of viewing data in the television app
      When Femke consents to personalisation
      Then Sony Europe B.V. holds only viewing data of Femke from the television app

    @policy @outbound
    Scenario: A preference changed later applies to all later deliveries
      Given Femke lives in the Netherlands and has an account
      And Femke receives personalised marketing
      When Femke allows the use of feature-usage data in the television app
      Then Sony Europe B.V. holds only feature-usage data of Femke from the television app
      When Femke changes the display name
      Then Sony Europe B.V. holds only feature-usage data of Femke from the television app
      And Femke's product usage is shared for personalisation only

    @derived @outbound
    Scenario: Usage data that the app has replaced is no longer shared
      Given Femke lives in Germany and has an account
      And Femke receives personalised marketing
      When Femke allows the use of newer viewing data in the television app
      Then Sony Europe B.V. holds only newer viewing data of Femke from the television app
      When Femke changes the display name
      Then Sony Europe B.V. holds only newer viewing data of Femke from the television app

    @policy @outbound @needs-clock
    Scenario: Turning personalisation off in the app ends sharing for personalisation
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke receives personalised marketing
      And Bram receives personalised marketing
      When 3 months pass
      And Femke signs in
      And Bram signs in
      And Femke turns personalisation off in the television app
      Then Sony Europe B.V. is instructed to stop using Femke's data for personalisation
      When Femke changes the display name
      And Bram changes the display name
      Then nobody receives Femke's data for personalisation
      And Sony Europe B.V. receives Femke's data for e-mail marketing

    @policy @outbound @record @needs-clock
    Scenario Outline: Withdrawing consent to <purpose> ends personalisation and is recorded
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke receives personalised marketing
      And Bram receives personalised marketing
      When 3 months pass
      And Femke signs in
      And Bram signs in
      And Femke withdraws consent to <purpose>
      Then Sony Europe B.V. is instructed to stop using Femke's data for personalisation
      And Femke's consent record shows every consent with its time, text and language
      When Femke changes the display name
      And Femke allows the use of gaming data in the television app
      And Bram changes the display name
      Then nobody receives Femke's data for personalisation

      Examples:
        | purpose          |
        | personalisation  |
        | e-mail marketing |

    @derived @outbound @needs-clock
    Scenario: A preference changed while the company is unreachable applies to delayed deliveries
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to personalisation
      And Sony Europe B.V. is unreachable
      And Femke has allowed the use of viewing data in the television app
      And Femke has allowed the use of gaming data in the television app
      When Sony Europe B.V. recovers
      And 2 hours pass
      Then Sony Europe B.V. holds only gaming data of Femke from the television app

    @derived @outbound
    Scenario: After a move, the new company receives the allowed usage data and no sign-in data
      Given Femke lives in the Netherlands and has an account
      And Femke has used the website with two browsers
      And Femke receives personalised marketing
      When Femke moves to South Korea
      Then Femke's company receives Femke's data for personalisation
      And Femke's company holds only viewing data of Femke from the television app
      And Sony Europe B.V. is instructed to stop using Femke's data for personalisation
      And nobody but Femke's company holds Femke's data
      And what is shared about Femke contains no secrets, identity providers or website usage

  @clause-2.7
  Rule: Profiling requires a separate consent, given in a product app, and a My Sony ID
    Sony Europe B.V. may personalise marketing by profiling for residents of the European Economic Area who consented to
    profiling in a product app and created a My Sony ID. No sign-in data and no website usage is shared for it.

    @policy @outbound @record
    Scenario Outline: In <residence>, data is shared for profiling by consent, and with Sony Europe B.V. only
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
        | residence         |
        | the Netherlands   |
        | Germany           |
        | Iceland           |
        | the Åland Islands |
        | French Guiana     |
        | Guadeloupe        |
        | Saint Martin      |
        | Martinique        |
        | Réunion           |
        | Mayotte           |

    @policy @outbound
    Scenario: Consents to marketing and personalisation do not extend to profiling
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has created a My Sony ID
      And Bram has created a My Sony ID
      And Bram has consented to profiling in the television app
      When Femke consents to e-mail marketing
      And Femke consents to personalisation in the television app
      And Femke allows the use of viewing data in the television app
      And Bram consents to e-mail marketing
      Then nobody receives Femke's data for profiling
      And Sony Europe B.V. receives Bram's data for profiling

    @policy @outbound
    Scenario: A consent given outside a product app does not permit profiling
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
    Scenario: Without a My Sony ID, no data is shared for profiling
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
      Then Sony Europe B.V. is instructed to stop using Femke's data for profiling
      When Femke creates a My Sony ID
      Then Sony Europe B.V. receives Femke's data for profiling
      When Femke deletes the My Sony ID
      Then Sony Europe B.V. is instructed to stop using Femke's data for profiling

    @policy @outbound @record
    Scenario Outline: In <residence>, no data is shared for profiling
      Given Femke lives in <residence> and has an account
      And Bram lives in the Netherlands and has an account
      And Femke has created a My Sony ID
      And Bram has created a My Sony ID
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      When Femke consents to profiling in the television app
      And Bram consents to profiling in the television app
      Then nobody receives Femke's data for profiling
      And the record of processing shows no profiling in <residence>

      Examples:
        | residence          |
        | the United Kingdom |
        | Switzerland        |
        | California         |
        | Québec             |
        | Japan              |
        | South Korea        |
        | Brazil             |
        | Greenland          |
        | New Caledonia      |

    @derived @outbound
    Scenario: A move out of the European Economic Area ends profiling
      Given Femke lives in the Netherlands and has an account
      And Femke is profiled
      When Femke moves to Switzerland
      Then Sony Europe B.V. is instructed to stop using Femke's data for profiling
      And Femke's company receives Femke's data for e-mail marketing
      And nobody but Sony Europe B.V. receives Femke's data for profiling

    @derived @outbound @record @needs-clock
    Scenario Outline: Withdrawing consent to <purpose> ends profiling
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke is profiled
      And Bram is profiled
      When 3 months pass
      And Femke signs in
      And Bram signs in
      And Femke withdraws consent to <purpose>
      Then Sony Europe B.V. is instructed to stop using Femke's data for profiling
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
    Scenario: Unsubscribing through the link in the mail ends profiling
      Given Femke lives in Norway and has an account
      And Bram is Femke's twin and has an account
      And Femke is profiled
      And Bram is profiled
      And Sony Europe B.V. has sent its marketing mail
      When 3 months pass
      And Femke unsubscribes through the link in the mail
      Then Sony Europe B.V. is instructed to stop using Femke's data for profiling
      When Femke signs in
      And Bram signs in
      And Femke changes the display name
      And Bram changes the display name
      Then nobody receives Femke's data for profiling

    @derived @outbound @needs-clock
    Scenario: A share for profiling that could not be delivered is not delivered after a withdrawal
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
    Scenario: Data shared for profiling contains no sign-in data and no website usage
      Given Femke lives in the Netherlands and has an account
      And Femke has used the website with two browsers
      And Femke has signed in after a wrong password
      And Femke is profiled
      When Femke changes the display name
      Then Sony Europe B.V. receives Femke's data for profiling
      And what is shared about Femke contains no secrets, identity providers or website usage
      And Femke's product usage is shared for personalisation only

  @clause-2.8
  Rule: The link in a marketing mail ends e-mail marketing at any time
    The link in the local company's marketing mail ends e-mail marketing without signing in, at the service and at the
    company, even if the company cannot be reached at that moment. Visiting the link alone changes nothing. No marketing
    follows without a new consent.

    @policy @mail @outbound @api @needs-clock
    Scenario Outline: In <residence>, the link in the mail ends e-mail marketing
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
      When Femke unsubscribes through the link in the mail
      Then the unsubscription takes effect at once
      And Femke's consent to e-mail marketing is not in force
      And Femke's company is instructed to stop using Femke's data
      And Bram's consent to e-mail marketing is in force
      And Bram's company is not instructed to stop using Bram's data
      When Femke's company sends its marketing mail
      Then Femke receives no mail

      Examples:
        | residence          |
        | the Netherlands    |
        | the United Kingdom |
        | California         |
        | Québec             |
        | China              |
        | Japan              |
        | South Korea        |
        | Brazil             |

    @derived @mail @outbound @api
    Scenario Outline: Unsubscribing <encoding> takes effect
      Given Femke lives in Denmark and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      When Femke unsubscribes through the link in the mail <encoding>
      Then the unsubscription takes effect at once
      And Femke's consent to e-mail marketing is not in force
      And Sony Europe B.V. is instructed to stop using Femke's data
      And Bram's consent to e-mail marketing is in force

      Examples:
        | encoding                                 |
        | with a multipart form                    |
        | with a form that names its character set |

    @derived @mail @outbound @api
    Scenario Outline: A <method> request by a link scanner does not end e-mail marketing
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      When link scanners open the links in the mails to Femke with <method> requests only
      Then Femke's consent to e-mail marketing is in force
      And Sony Europe B.V. is not instructed to stop using Femke's data
      When Femke changes the display name
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      When Sony Europe B.V. sends its marketing mail
      Then Femke receives a marketing mail with a link to unsubscribe

      Examples:
        | method |
        | GET    |
        | HEAD   |

    @derived @api @outbound @record @needs-clock
    Scenario Outline: In <residence>, each of the unsubscriptions changes nothing else
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Bram has consented to e-mail marketing
      Then the unsubscriptions of Femke change nothing else

      Examples:
        | residence  |
        | Denmark    |
        | California |

    @derived @mail @api
    Scenario Outline: In <residence>, a link to unsubscribe neither reveals nor reaches another person's
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Femke's company has sent its marketing mail
      Then Femke's link to unsubscribe neither reveals nor reaches Bram's

      Examples:
        | residence   |
        | Ireland     |
        | California  |
        | South Korea |

    @derived @outbound @api
    Scenario: A second unsubscription changes nothing
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Femke has a second account, Fenna, under another address
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Fenna has consented to e-mail marketing
      And Femke has used the website with two browsers
      And Sony Europe B.V. has sent its marketing mail
      When Femke unsubscribes through the link in the mail
      And Femke unsubscribes through the link in the mail
      Then the unsubscription takes effect at once
      And Femke's consent to e-mail marketing is not in force
      And Sony Europe B.V. is instructed exactly once to stop using Femke's data
      And Bram's consent to e-mail marketing is in force
      And Fenna's consent to e-mail marketing is in force

    @derived @outbound @api
    Scenario Outline: A consent given twice is ended by one use of the link in a mail sent <time>
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      When <first step>
      And <second step>
      And Femke unsubscribes through the link in the mail
      And Femke changes the display name
      And Bram consents to e-mail marketing
      Then the unsubscription takes effect at once
      And Femke's consent to e-mail marketing is not in force
      And nobody holds Femke's data
      And Femke's company receives Bram's data for e-mail marketing

      Examples:
        | residence       | time    | first step                                | second step                               |
        | the Netherlands | between | Femke's company sends its marketing mail  | Femke consents to e-mail marketing in English |
        | Japan           | after   | Femke consents to e-mail marketing in English | Femke's company sends its marketing mail  |

    @derived @outbound @needs-clock
    Scenario: Many unsubscriptions all reach a company that was unreachable
      Given Bram lives in the Netherlands and has an account
      And Bram has consented to e-mail marketing
      And 50 others in the Netherlands have consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      And Sony Europe B.V. is unreachable
      When the others unsubscribe through the links in their mails
      And Sony Europe B.V. recovers
      And 2 hours pass
      Then none of the others' personal data is held by Sony Europe B.V.
      And Sony Europe B.V. holds Bram's data

    @derived @mail @outbound @api @needs-clock
    Scenario: After an unsubscription, no data is shared and no mail is sent for marketing
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Femke has consented to personalisation
      And Bram has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      And Femke has unsubscribed through the link in the mail
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
    Scenario Outline: An unsubscription reaches a company unreachable for <duration> exactly once
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      And Sony Europe B.V. is unreachable
      When Femke unsubscribes through the link in the mail
      Then Femke's consent to e-mail marketing is not in force
      When <duration> pass
      And Sony Europe B.V. recovers
      And 1 hour passes
      Then Sony Europe B.V. is instructed exactly once to stop using Femke's data
      And nobody holds Femke's data
      When 2 days pass
      Then Sony Europe B.V. is not instructed to stop using Femke's data
      And Sony Europe B.V. does not receive Femke's data for e-mail marketing

      # A delivery may be abandoned after 168 hours, and the next attempt may follow an hour later.
      Examples:
        | duration  |
        | 2 hours   |
        | 166 hours |

    @derived @outbound @needs-clock
    Scenario Outline: An unsubscription reaches exactly once a company that <failure>
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      And Sony Europe B.V. <failure>
      When Femke unsubscribes through the link in the mail
      And Sony Europe B.V. recovers
      And <delay> pass
      Then Sony Europe B.V. is instructed exactly once to stop using Femke's data
      And nobody holds Femke's data

      Examples:
        | failure                                     | delay       |
        | refuses connections                         | 60 minutes  |
        | has no DNS entry                            | 60 minutes  |
        | closes connections without an answer        | 60 minutes  |
        | accepts deliveries but loses its answers    | 60 minutes  |
        | does not answer                             | 60 minutes  |
        | answers with 408                            | 60 minutes  |
        | answers with 425                            | 60 minutes  |
        | answers with 429                            | 60 minutes  |
        | answers with 429 and Retry-After of 2 hours | 120 minutes |
        | answers with 500                            | 60 minutes  |
        | answers with 502                            | 60 minutes  |
        | answers with 503                            | 60 minutes  |
        | answers with 504                            | 60 minutes  |

    @derived @outbound @needs-clock
    Scenario: A share whose answer was lost is withdrawn, even after attempts have ended
      Given Femke lives in the Netherlands and has an account
      And Sony Europe B.V. accepts deliveries but loses its answers
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. refuses connections
      When 21 days pass
      And Sony Europe B.V. recovers
      And Femke withdraws consent to e-mail marketing
      And 1 hour passes
      Then nobody holds Femke's data
      And Sony Europe B.V. is instructed exactly once to stop using Femke's data

    @derived @outbound @record @needs-clock
    Scenario: A withdrawal that no company accepts for three weeks is not recorded as delivered
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. is unreachable
      When Femke withdraws consent to e-mail marketing
      And 7 days pass
      And 14 days pass
      Then the disclosure ledger matches the deliveries received
      When Sony Europe B.V. recovers
      And 1 day passes
      Then Sony Europe B.V. does not receive Femke's data for e-mail marketing

    @derived @outbound @api
    Scenario Outline: A withdrawal prevails over a share on its way, even if the person <action> at the same moment
      Given Femke lives in the Netherlands and has an account
      And Sony Europe B.V. answers slowly
      When Femke repeatedly withdraws consent to e-mail marketing and <action> at the same moment
      Then Femke's consent to e-mail marketing is not in force
      And nobody holds Femke's data

      Examples:
        | action                   |
        | changes the display name |
        | consents again           |

    @derived @outbound @needs-clock
    Scenario: A change that could not be delivered is not delivered after an unsubscription
      Given Femke lives in the Netherlands and has an account
      And Bram lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Bram has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      And Sony Europe B.V. is unreachable
      And Femke has changed the display name
      And Bram has changed the display name
      And Femke has unsubscribed through the link in the mail
      When Sony Europe B.V. recovers
      And 1 hour passes
      And 2 days pass
      Then Sony Europe B.V. does not receive Femke's data for e-mail marketing
      And Sony Europe B.V. is instructed exactly once to stop using Femke's data
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
    Scenario: A renewed consent prevails over a withdrawal that could not be delivered
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
    Scenario Outline: The link still works a year later for a person who has <action>
      Given Femke lives in the Netherlands and has an account
      And Femke receives personalised marketing
      And Sony Europe B.V. has sent its marketing mail
      And Femke has <action>
      When 12 months pass
      And Femke unsubscribes through the link in the mail
      Then the unsubscription takes effect at once
      And Femke's company is instructed to stop using Femke's data
      And nobody holds Femke's data
      When Femke signs in
      Then Femke's consent to e-mail marketing is not in force

      Examples:
        | action                   |
        | changed the display name |
        | moved to Québec          |

    @derived @mail @outbound @api
    Scenario: A renewed consent after an unsubscription comes with a working link
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      And Sony Europe B.V. has sent its marketing mail
      And Femke has unsubscribed through the link in the mail
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      When Sony Europe B.V. sends its marketing mail
      Then Femke receives a marketing mail with a link to unsubscribe
      When Femke unsubscribes through the link in the mail
      Then the unsubscription takes effect at once
      And Femke's consent to e-mail marketing is not in force
      And Sony Europe B.V. is instructed to stop using Femke's data

    @derived @outbound @api
    Scenario Outline: The link works for a person with <display name>
      Given Femke lives in the Netherlands and has an account
      And Femke has consented to e-mail marketing
      When Femke changes the display name to <display name>
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      When Sony Europe B.V. sends its marketing mail
      And Femke unsubscribes through the link in the mail
      Then the unsubscription takes effect at once
      And Sony Europe B.V. is instructed to stop using Femke's data
      And Femke's consent to e-mail marketing is not in force

      Examples:
        | display name                   |
        | a right-to-left name           |
        | a very long name               |
        | a name with special characters |

    @derived @mail @outbound @api
    Scenario Outline: The link works for a person with <address>
      Given Femke, who uses <address>, lives in the Netherlands and has an account
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      When Sony Europe B.V. sends its marketing mail
      Then Femke receives a marketing mail with a link to unsubscribe
      When Femke unsubscribes through the link in the mail
      Then the unsubscription takes effect at once
      And Sony Europe B.V. is instructed to stop using Femke's data
      And Femke's consent to e-mail marketing is not in force

      Examples:
        | address                               |
        | a plus-address                        |
        | an address in a domain with an umlaut |
        | an address with an apostrophe         |
        | an address in capitals                |
        | a very long address                   |

  @clause-2.9
  Rule: The notice on ending e-mail marketing links to the local company's privacy policy
    Besides the link in the mail, people can end e-mail marketing through the privacy policy of the company that mails
    them, and the notice shows where to find it: in the United States with the California notice, in Canada in English
    and in French.

    @policy @notice
    Scenario Outline: In <residence>, the notice in <language> links to the privacy policy of <company>
      When somebody in <residence> reads the notice on ending e-mail marketing in <language>
      Then the notice links to the local company's privacy policy
      And the notice names <company> and no other group company
      And the notice is in <language>

      Examples:
        | residence | language | company              |
        | Québec    | Dutch    | Sony of Canada Ltd.  |
        | China     | English  | Sony (China) Limited |
        | China     | Dutch    | Sony (China) Limited |

    @policy @notice
    Scenario Outline: Across <area>, the notice in <language> links to the policy of <company>
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
    Scenario Outline: Across <area>, the notice requested in <language> links to the local company's policy
      When people across <area> read the notice on ending e-mail marketing in <language>
      Then the notice links to the local company's privacy policy

      Examples:
        | area                       | language |
        | the European Economic Area | German   |
        | the European Economic Area | French   |
        | the rest of the world      | English  |
        | the rest of the world      | Dutch    |

    @policy @notice
    Scenario Outline: Across the United States, the notice in <language> links to the California notice
      When people across the United States read the notice on ending e-mail marketing in <language>
      Then the notice links to the California notice

      Examples:
        | language |
        | English  |
        | Dutch    |

    @policy @notice
    Scenario Outline: Across Canada, the notice requested in <language> links to the policy in English and French
      When people across Canada read the notice on ending e-mail marketing in <language>
      Then the notice links to the local company's privacy policy in English and in French

      Examples:
        | language |
        | English  |
        | French   |

    @derived @notice @needs-clock
    Scenario: The notice still links to the privacy policy a year after sign-up
      Given Femke lives in the Netherlands and has an account
      When 12 months pass
      And somebody in the Netherlands reads the notice on ending e-mail marketing in Dutch
      Then the notice links to the local company's privacy policy
