Feature: 5 Where the data may go
  What leaves the European Economic Area leaves it for a place where it is protected, or under clauses that protect it.

  @clause-5.1
  Rule: That data is processed, stored and sent abroad is told
    Before anybody gives data, a notice says that it is processed, stored and sent in other countries, Japan and the United
    States among them. Every place and every recipient is in a register, and what really leaves goes nowhere else.

    @policy @notice
    Scenario Outline: Who lives in <residence> reads in <language> that data is abroad
      Given Femke lives in <residence>
      When Femke reads the notice on data transfer in <language>
      Then the notice states that data is processed in Japan
      And the notice states that data is processed in the United States
      And the notice names every country where Femke's data may be

      Examples:
        | residence          | language |
        | the Netherlands    | Dutch    |
        | Greece             | English  |
        | Iceland            | English  |
        | Austria            | German   |
        | the United Kingdom | English  |
        | Switzerland        | Dutch    |
        | California         | English  |
        | Quebec             | French   |
        | China              | English  |
        | Japan              | Japanese |
        | South Korea        | English  |
        | Taiwan             | Dutch    |
        | Brazil             | Dutch    |

    @policy @notice @needs-clock
    Scenario: Years later it is told still
      Given it is 1 March 2028
      And Femke lives in the Netherlands
      When Femke reads the notice on data transfer in English
      Then the notice states that data is processed in Japan
      And the notice states that data is processed in the United States
      And the notice names every country where Femke's data may be

    @derived @record
    Scenario: The register names every place and every recipient
      When an auditor reads the transfer register
      Then the transfer register shows Japan as a place of operation
      And the transfer register shows the United States as a place of operation
      And the register of transfer grounds shows every declared recipient with its country

    @derived @outbound @record
    Scenario Outline: What leaves from <residence> goes only where the register says
      Given Femke lives in <residence> and has an account
      When Femke consents to e-mail marketing
      And Femke changes the display name
      Then the disclosure ledger agrees with what arrived
      And every delivery about Femke is covered by the transfer register

      Examples:
        | residence          |
        | the Netherlands    |
        | Norway             |
        | the United Kingdom |
        | California         |
        | Quebec             |
        | China              |
        | Japan              |
        | Mexico             |

    @derived @outbound @record @needs-clock
    Scenario Outline: Withdrawals and other purposes are in the ledger too, in <residence>
      Given it is 30 June 2026, 22:41:07 in UTC
      And Femke lives in <residence> and has an account
      And Femke receives personalised marketing
      And Femke is profiled
      When 3 months pass
      And Femke signs in
      And Femke changes the display name
      And Femke withdraws consent to personalisation
      And 2 hours pass
      And Femke withdraws consent to e-mail marketing
      Then the disclosure ledger agrees with what arrived
      And every delivery about Femke is covered by the transfer register

      Examples:
        | residence       |
        | the Netherlands |
        | South Korea     |

    @derived @outbound @record @needs-transfer-register
    Scenario: A recipient that goes abroad is found there
      Given Femke lives in New York and has an account
      And Femke's company is located in India
      When Femke consents to e-mail marketing
      Then the disclosure ledger agrees with what arrived
      And every delivery about Femke is covered by the transfer register

  @clause-5.2
  Rule: That staff elsewhere can see data is told, and each time is written down
    People who work for the service or for its providers can see data from where the person does not live. The notice says so,
    and whenever it happens a ledger has it: from where, as what, what for, and when.

    @policy @notice
    Scenario Outline: Who lives in <residence> reads in <language> that staff elsewhere can see data
      Given Femke lives in <residence>
      When Femke reads the notice on data transfer in <language>
      Then the notice states that staff in other countries can access data

      Examples:
        | residence          | language |
        | the Netherlands    | Dutch    |
        | Germany            | German   |
        | the United Kingdom | English  |
        | California         | English  |
        | Quebec             | English  |
        | China              | English  |
        | South Africa       | Dutch    |

    @derived @record @needs-staff-access
    Scenario Outline: A <role> in <place> sees the account of somebody in <residence>
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      When a <role> in <place> views Femke's account: <purpose>
      Then the access ledger shows every view with place, role, purpose and time, and no other

      Examples:
        | residence       | place              | role                                                                          | purpose                                                                                                              |
        | the Netherlands | Japan              | support agent                                                                 | to answer a question about signing in                                                                                |
        | the Netherlands | India              | second-level engineer of the provider of signing in and accounts, night shift | to find out why somebody who had asked three times had not got the mail that was due in March, tickets 4711 and 4712 |
        | South Korea     | the United States  | provider's engineer                                                           | to repair the account, ticket no. 4711                                                                               |
        | Switzerland     | Singapore          | support agent                                                                 | to answer a question about a move                                                                                    |
        | California      | the United Kingdom | agent d'assistance                                                            | réponse à une question « où ? »                                                                                      |
        | Quebec          | the United States  | security analyst                                                              | to look into a sign-in that was reported                                                                             |
        | China           | Japan              | 客服                                                                            | 回答问题                                                                                                                 |
        | Japan           | Japan              | database administrator                                                        | to check a backup                                                                                                    |

    @derived @record @needs-staff-access @needs-clock
    Scenario: Looks at an account that was deleted are in the ledger
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And a support agent in Japan has viewed Femke's account: to answer a question
      And Femke has deleted the account giving a reason
      When 2 months pass
      And a support agent in India views Femke's account: to look into a complaint
      Then the access ledger shows every view with place, role, purpose and time, and no other

    @derived @record @needs-staff-access @needs-clock
    Scenario: Who looks again is in the ledger again
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And a support agent in Japan has viewed Femke's account: to answer a question
      When a support agent in Japan views Femke's account: to answer a question
      And 5 months pass
      And Femke signs in
      And a support agent in Japan views Femke's account: to answer a question
      And Bram signs in
      And a support agent in India views Bram's account: to answer a question
      Then the access ledger shows every view with place, role, purpose and time, and no other

    @derived @record @needs-staff-access
    Scenario Outline: Nobody sees an account without a word of <what>
      Given Femke lives in the Netherlands and has an account
      When a staff member views Femke's account without stating the <what>
      Then the view is refused

      Examples:
        | what    |
        | place   |
        | role    |
        | purpose |

  @clause-5.3
  Rule: Who gives data was told before what that means
    Giving data is agreeing to its transfer, to places that may protect it less, and where courts and authorities may get at it.
    That can be read before any data is given. Which version was in force, and when, is written down whenever data is given.

    @policy @notice
    Scenario Outline: Who lives in <residence> reads in <language> what giving data means
      Given Femke lives in <residence>
      When Femke reads the notice on data transfer in <language>
      Then the notice states that other countries may protect data less
      And the notice states that courts and authorities may obtain data
      And the notice states that providing data means agreeing to its transfer

      Examples:
        | residence          | language |
        | the Netherlands    | Dutch    |
        | France             | French   |
        | the United Kingdom | English  |
        | New York           | English  |
        | Quebec             | English  |
        | China              | English  |
        | Taiwan             | Dutch    |

    @derived @api @notice
    Scenario Outline: In <residence> it can be read before anything is given
      Given Femke lives in <residence>
      When Femke reads the notice on data transfer
      Then the notice is available without signing in
      And the notice was published beforehand

      Examples:
        | residence       |
        | the Netherlands |
        | California      |
        | Quebec          |
        | Japan           |

    @derived @record
    Scenario Outline: Who gives data in <residence> is in the ledger with what was told
      Given Femke lives in <residence>
      When Femke signs up after reading the notice
      Then the notice ledger shows every notice given to Femke, with version and time

      Examples:
        | residence          |
        | the Netherlands    |
        | Norway             |
        | the United Kingdom |
        | Switzerland        |
        | California         |
        | Quebec             |
        | China              |
        | South Korea        |
        | Japan              |

    @derived @record @needs-clock
    Scenario: Each has the version of the time
      Given it is 1 March 2024
      And Femke lives in the Netherlands
      And Bram is Femke's twin
      And Femke has signed up after reading the notice
      When 24 months pass
      And Bram signs up after reading the notice
      And Femke signs in
      Then the notice ledger shows every notice given to Femke, with version and time
      And the notice ledger shows every notice given to Bram, with version and time

    @derived @record @needs-clock
    Scenario: Who moves is told what holds there
      Given Femke lives in Japan
      And Femke has signed up after reading the notice
      When 3 months pass
      And Femke signs in
      And Femke moves to the Netherlands after reading the notice
      And 2 days pass
      And Femke signs in
      And Femke moves to Brazil after reading the notice
      Then the notice ledger shows every notice given to Femke, with version and time

    @derived @record @needs-clock
    Scenario: Who moves within the country, or back home, is told each time
      Given it is 16 March 2026, 10:47:51 in UTC
      And Femke lives in California
      And Femke has signed up after reading the notice
      When 2 hours pass
      And Femke moves to New York after reading the notice
      And 40 days pass
      And Femke signs in
      And Femke moves to Quebec after reading the notice
      And 2 days pass
      And Femke signs in
      And Femke moves to California after reading the notice
      Then the notice ledger shows every notice given to Femke, with version and time

  @clause-5.4
  Rule: What is transferred keeps its purpose
    Data that was given for one purpose is used for no other, and no provider gets it without consent, unless law requires or
    allows it.

    @policy @outbound @record
    Scenario Outline: What was given in <residence> for e-mail marketing is used for nothing else
      Given Femke lives in <residence> and has an account
      And Femke has consented to e-mail marketing
      When Femke changes the display name
      Then every delivery about Femke is for e-mail marketing
      And the disclosure ledger shows Femke's data for e-mail marketing only
      And every share for e-mail marketing rests on a recorded consent

      Examples:
        | residence          |
        | the Netherlands    |
        | Switzerland        |
        | the United Kingdom |
        | California         |
        | Quebec             |
        | China              |
        | Japan              |
        | South Korea        |
        | Mexico             |

    @derived @outbound
    Scenario Outline: From <residence> each purpose gets what is its own
      Given Femke lives in <residence> and has an account
      And Femke has created a My Sony ID
      And Femke receives personalised marketing
      And Femke is profiled
      When Femke changes the display name
      And Femke withdraws consent to personalisation
      Then every delivery about Femke is for a purpose with consent
      And Femke's product usage is shared for personalisation only

      Examples:
        | residence   |
        | Poland      |
        | South Korea |

    @policy @outbound @needs-clock
    Scenario Outline: No provider gets data from <residence> without consent
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has changed the display name
      When 13 months pass
      And Femke signs in
      And Femke changes the display name
      And Bram signs in
      And Bram consents to e-mail marketing
      And Femke moves to <elsewhere>
      Then nobody receives anything about Femke for e-mail marketing
      And nobody outside the group receives anything about Femke at any time

      Examples:
        | residence          | elsewhere          |
        | the Netherlands    | the United Kingdom |
        | the United Kingdom | China              |
        | Quebec             | Japan              |
        | China              | the Netherlands    |
        | Brazil             | Ontario            |

    @derived @outbound
    Scenario: After the consent has ended the data is used for nothing at all
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Femke has withdrawn consent to e-mail marketing
      When Femke changes the display name
      And Bram consents to e-mail marketing
      Then nobody receives anything about Femke for e-mail marketing
      And nobody outside the group receives anything about Femke at any time

    @derived @record
    Scenario: The register has nobody for another purpose
      When an auditor reads the transfer register
      Then the transfer register shows no recipient with an undeclared purpose

  @clause-5.5 @needs-transfer-register
  Rule: Out of the EEA only on a ground that is in force
    Data of residents of the European Economic Area goes to a recipient in another country only while that country is found
    adequate, or while standard contractual clauses or binding corporate rules bind the recipient. A finding for certified
    recipients covers nobody else. A ground counts from its first to its last moment, at the moment the data leaves.

    @policy @outbound @record
    Scenario Outline: From <residence> to <place>: <because>
      Given Femke lives in <residence> and has an account
      And Sony Europe B.V. is located in <place>
      And the only ground for transfers is <ground>
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And nobody but Sony Europe B.V. receives anything about Femke
      And the disclosure ledger agrees with what arrived

      Examples:
        | residence       | place             | ground                                                          | because                            |
        | the Netherlands | Belgium           | none                                                            | inside the EEA no ground is needed |
        | Iceland         | the Netherlands   | none                                                            | Iceland is inside the EEA          |
        | Germany         | Norway            | none                                                            | so is Norway                       |
        | the Netherlands | Japan             | adequacy of Japan                                               | Japan is found adequate            |
        | Liechtenstein   | India             | standard contractual clauses with Sony Europe B.V.              | clauses bind the recipient         |
        | Norway          | India             | binding corporate rules with Sony Europe B.V.                   | corporate rules bind the recipient |
        | France          | the United States | adequacy of the United States for Sony Europe B.V. as certified | the recipient is certified         |

    @policy @outbound @record
    Scenario Outline: Not from <residence> to <place>: <because>
      Given Femke lives in <residence> and has an account
      And Grace is Femke's twin but lives in <elsewhere> and has an account
      And Sony Europe B.V. is located in <place>
      And Grace's company is located in <place>
      And the only ground for transfers is <ground>
      When Femke consents to e-mail marketing
      And Grace consents to e-mail marketing
      Then nobody receives anything about Femke for e-mail marketing
      And Grace's company receives Grace's data for e-mail marketing
      And the disclosure ledger agrees with what arrived

      Examples:
        | residence       | elsewhere          | place              | ground                                                               | because                                    |
        | the Netherlands | New York           | Australia          | none                                                                 | nothing allows it, and the twin's law does |
        | Iceland         | the United Kingdom | Mexico             | none                                                                 | Iceland is in the EEA, the twin is not     |
        | Liechtenstein   | Switzerland        | Singapore          | none                                                                 | Switzerland's neighbour is in the EEA      |
        | Norway          | Japan              | the United States  | none                                                                 | Norway is in the EEA                       |
        | Austria         | New York           | Switzerland        | none                                                                 | Switzerland is not in the EEA              |
        | Croatia         | Canada             | the United Kingdom | none                                                                 | the United Kingdom is in the EEA no more   |
        | Portugal        | New York           | South Africa       | standard contractual clauses with Sony Electronics Inc.              | the clauses bind somebody else             |
        | France          | New York           | India              | binding corporate rules with Sony Electronics Inc.                   | the corporate rules bind somebody else     |
        | Italy           | New York           | Brazil             | adequacy of Japan                                                    | another country is found adequate          |
        | the Netherlands | Ontario            | the United States  | adequacy of the United States for Sony Electronics Inc. as certified | the recipient is not certified             |
        | Spain           | Ontario            | the United States  | adequacy of the United States for nobody as certified                | nobody is certified                        |

    @derived @outbound @record @needs-clock
    Scenario Outline: Data leaves on <day> at <time>: <because>
      Given it is <day>, <time> in Europe/Brussels
      And Femke lives in Belgium and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is <ground>, <period>
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And the disclosure ledger agrees with what arrived

      Examples:
        | day          | time     | ground                                             | period                                                | because                          |
        | 1 April 2026 | 00:00:00 | adequacy of India                                  | from the beginning of 1 April 2026 in Europe/Brussels | the finding has begun            |
        | 30 June 2026 | 23:59:59 | adequacy of India                                  | to the end of 30 June 2026 in Europe/Brussels         | the finding's last second        |
        | 1 April 2026 | 00:00:00 | standard contractual clauses with Sony Europe B.V. | from the beginning of 1 April 2026 in Europe/Brussels | the clauses have begun           |
        | 30 June 2026 | 23:59:59 | standard contractual clauses with Sony Europe B.V. | to the end of 30 June 2026 in Europe/Brussels         | the clauses' last second         |
        | 30 June 2026 | 23:59:59 | binding corporate rules with Sony Europe B.V.      | to the end of 30 June 2026 in Europe/Brussels         | the corporate rules' last second |

    @derived @outbound @record @needs-clock
    Scenario Outline: Nothing leaves on <day> at <time>: <because>
      Given it is <day>, <time> in Europe/Brussels
      And Femke lives in Belgium and has an account
      And Grace is Femke's twin but lives in New York and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is <ground>, <period>
      When Femke consents to e-mail marketing
      And Grace consents to e-mail marketing
      Then nobody receives anything about Femke for e-mail marketing
      And the disclosure ledger agrees with what arrived

      Examples:
        | day           | time     | ground                                              | period                                                | because                                          |
        | 31 March 2026 | 23:59:59 | adequacy of India                                   | from the beginning of 1 April 2026 in Europe/Brussels | the finding begins in a second                   |
        | 1 July 2026   | 00:00:00 | adequacy of India                                   | to the end of 30 June 2026 in Europe/Brussels         | the finding has just ended                       |
        | 31 March 2026 | 23:59:59 | binding corporate rules with Sony Europe B.V.       | from the beginning of 1 April 2026 in Europe/Brussels | the corporate rules begin in a second            |
        | 31 March 2026 | 23:59:59 | adequacy of India for Sony Europe B.V. as certified | from the beginning of 1 April 2026 in Europe/Brussels | the finding for the certified begins in a second |
        | 31 March 2026 | 23:59:59 | standard contractual clauses with Sony Europe B.V.  | from the beginning of 1 April 2026 in Europe/Brussels | the clauses begin in a second                    |
        | 1 July 2026   | 00:00:00 | standard contractual clauses with Sony Europe B.V.  | to the end of 30 June 2026 in Europe/Brussels         | the clauses have just ended                      |
        | 1 July 2026   | 00:00:00 | binding corporate rules with Sony Europe B.V.       | to the end of 30 June 2026 in Europe/Brussels         | the corporate rules have just ended              |
        | 2 July 2026   | 12:00:00 | adequacy of India for Sony Europe B.V. as certified | to the end of 30 June 2026 in Europe/Brussels         | the finding for the certified has ended          |

    @derived @outbound
    Scenario Outline: From <residence> nothing leaves for any other purpose either
      Given Femke lives in <residence> and has an account
      And Grace lives in New York and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is none
      And Femke receives personalised marketing
      And Femke is profiled
      And Grace receives personalised marketing
      When Femke changes the display name
      And Grace changes the display name
      Then nobody receives Femke's data at any time

      Examples:
        | residence |
        | Greece    |
        | Czechia   |

    @derived @outbound @record @needs-clock
    Scenario: Of several grounds the ledger names one that is in force
      Given it is 1 July 2026, 00:00:00 in Europe/Brussels
      And Femke lives in Poland and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is standard contractual clauses with Sony Europe B.V., to the end of 30 June 2026 in Europe/Brussels
      And a further ground for transfers is binding corporate rules with Sony Electronics Inc., from the beginning of 1 March 2026 in UTC
      And a further ground for transfers is standard contractual clauses with Sony Europe B.V., from the beginning of 1 July 2026 in Europe/Brussels
      And a further ground for transfers is adequacy of India, from the beginning of 2 July 2026 in UTC
      And Femke receives personalised marketing
      And Femke is profiled
      When Femke changes the display name
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And the disclosure ledger agrees with what arrived

    @derived @outbound
    Scenario: What a recipient got at home does not follow it abroad
      Given Femke lives in the Netherlands and has an account
      And Grace lives in New York and has an account
      And Femke receives personalised marketing
      And Sony Europe B.V. is located in India
      And the only ground for transfers is none
      When Femke changes the display name
      And Grace consents to e-mail marketing
      Then nobody receives Femke's data

    @derived @outbound @record @needs-clock
    Scenario: A change after the clauses have ended stays here
      Given it is 30 June 2026, 12:00 in UTC
      And Femke lives in the Netherlands and has an account
      And Grace is Femke's twin but lives in New York and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is standard contractual clauses with Sony Europe B.V., to the end of 30 June 2026 in UTC
      And Femke has consented to e-mail marketing
      And Grace has consented to e-mail marketing
      When it becomes 1 July 2026, 00:00 in UTC
      And Femke signs in
      And Femke changes the display name
      And Grace signs in
      And Grace changes the display name
      Then nobody receives Femke's data
      And the disclosure ledger agrees with what arrived

    @derived @outbound @record @needs-clock
    Scenario: What could not be delivered in time is not delivered after the clauses have ended
      Given it is 30 June 2026, 23:30 in UTC
      And Femke lives in the Netherlands and has an account
      And Grace is Femke's twin but lives in New York and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is standard contractual clauses with Sony Europe B.V., to the end of 30 June 2026 in UTC
      And Sony Europe B.V. is unreachable
      And Femke has consented to e-mail marketing
      When it becomes 1 July 2026, 00:00 in UTC
      And Sony Europe B.V. recovers
      And 1 hour passes
      And 2 days pass
      And Grace signs in
      And Grace consents to e-mail marketing
      Then nobody receives Femke's data
      And the disclosure ledger agrees with what arrived

    @derived @outbound @record @needs-clock
    Scenario: A ground that begins after the consent has ended lets nothing out
      Given it is 31 March 2026, 12:00 in UTC
      And Femke lives in the Netherlands and has an account
      And Grace is Femke's twin but lives in New York and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is standard contractual clauses with Sony Europe B.V., from the beginning of 1 April 2026 in UTC
      And Femke has consented to e-mail marketing
      And Femke has withdrawn consent to e-mail marketing
      When it becomes 1 April 2026, 00:00 in UTC
      And 2 days pass
      And Grace signs in
      And Grace consents to e-mail marketing
      Then nobody receives Femke's data
      And the disclosure ledger agrees with what arrived

    @derived @outbound
    Scenario Outline: Who moves from <old home> to <new home> is protected from then on
      Given Femke lives in <old home> and has an account
      And Grace lives in New York and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is none
      And Femke has consented to e-mail marketing
      And Grace has consented to e-mail marketing
      When Femke moves to <new home>
      And Grace changes the display name
      Then nobody receives Femke's data

      Examples:
        | old home           | new home |
        | South Korea        | Greece   |
        | the United Kingdom | Iceland  |
        | Quebec             | France   |
        | China              | Norway   |

    @derived @outbound @record
    Scenario Outline: Who moves from the Netherlands to <new home> is under the law of the new home
      Given Femke lives in the Netherlands and has an account
      And Femke's company is located in India
      And the only ground for transfers is none
      And Femke has consented to e-mail marketing
      When Femke moves to <new home>
      Then Femke's company receives Femke's data for e-mail marketing
      And nobody but Femke's company receives anything about Femke
      And the disclosure ledger agrees with what arrived

      Examples:
        | new home           |
        | the United Kingdom |
        | Ontario            |
        | China              |

    @derived @outbound
    Scenario Outline: A ground that falls away lets nothing out any more: <what is left> is left
      Given Femke lives in the Netherlands and has an account
      And Grace is Femke's twin but lives in New York and has an account
      And Sony Europe B.V. is located in the United States
      And the only ground for transfers is adequacy of the United States for Sony Europe B.V. as certified
      And Femke has consented to e-mail marketing
      And Grace has consented to e-mail marketing
      When the only ground for transfers becomes <what is left>
      And Femke changes the display name
      And Grace changes the display name
      Then nobody receives Femke's data

      Examples:
        | what is left                                                         |
        | none                                                                 |
        | adequacy of the United States for nobody as certified                |
        | adequacy of the United States for Sony Electronics Inc. as certified |

    @derived @outbound @needs-clock
    Scenario: Without a ground a withdrawal says no more than whom it is about
      Given it is 30 June 2026, 12:00 in UTC
      And Femke lives in the Netherlands and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is standard contractual clauses with Sony Europe B.V., to the end of 30 June 2026 in UTC
      And Femke receives personalised marketing
      And Femke is profiled
      When it becomes 1 July 2026, 00:00 in UTC
      And Femke signs in
      And Femke withdraws consent to e-mail marketing
      Then every recipient receives no more than the subject id of Femke
      And the disclosure ledger agrees with what arrived

    @derived @outbound
    Scenario: Nor does the withdrawal when somebody has moved away
      Given Femke lives in Portugal and has an account
      And Femke has consented to e-mail marketing
      When Femke moves to India
      Then Sony Europe B.V. receives no more than the subject id of Femke

    @derived @record
    Scenario Outline: The transfer register shows <ground> as it was stated
      Given Sony Europe B.V. is located in <place>
      And the only ground for transfers is <ground>, <period>
      When an auditor reads the register of transfer grounds
      Then the register of transfer grounds shows exactly the stated recipients and grounds

      Examples:
        | place             | ground                                                          | period                                                |
        | India             | standard contractual clauses with Sony Europe B.V.              | from the beginning of 1 April 2026 in Europe/Brussels |
        | India             | binding corporate rules with Sony Europe B.V.                   | to the end of 30 June 2026 in Europe/Brussels         |
        | the United States | adequacy of the United States for Sony Europe B.V. as certified | to the end of 30 June 2026 in Europe/Brussels         |

  @clause-5.6
  Rule: The contract clauses can be read
    Residents of the European Economic Area can open the standard contractual clauses from the notice.

    @policy @notice @api
    Scenario Outline: From <residence> the clauses can be opened in <language>
      Given Femke lives in <residence>
      When Femke reads the notice on safeguards in <language>
      Then the notice links to the standard contractual clauses in <language>
      And the link opens the standard contractual clauses in <language>

      Examples:
        | residence       | language |
        | the Netherlands | Dutch    |
        | Germany         | German   |
        | Greece          | English  |
        | Belgium         | Dutch    |
        | Sweden          | English  |
        | Iceland         | English  |
        | Liechtenstein   | English  |
        | Norway          | Dutch    |

    @derived @notice @api @needs-transfer-register @needs-clock
    Scenario Outline: In <language> they are shown until they end
      Given it is 30 June 2026, 23:59:59 in Europe/Brussels
      And Femke lives in Belgium
      And Sony Europe B.V. is located in India
      And the only ground for transfers is standard contractual clauses with Sony Europe B.V., to the end of 30 June 2026 in Europe/Brussels
      When Femke reads the notice on safeguards in <language>
      Then the notice links to the standard contractual clauses in <language>
      And the link opens the clauses stated first
      When it becomes 1 July 2026, 00:00:00 in Europe/Brussels
      Then the link no longer opens the clauses stated first

      Examples:
        | language |
        | Dutch    |
        | English  |

    @derived @notice @api @needs-transfer-register @needs-clock
    Scenario Outline: In <residence>, read in <language>, those in force are shown, all of them and no others
      Given it is 31 March 2026, 23:59:59 in Europe/Brussels
      And Femke lives in <residence>
      And the only ground for transfers is standard contractual clauses with Sony Europe B.V., from the beginning of 1 April 2026 in Europe/Brussels
      And a further ground for transfers is standard contractual clauses with Sony Electronics Inc., from the beginning of 1 March 2024 in UTC
      And a further ground for transfers is standard contractual clauses with Sony of Canada Ltd., from the beginning of 2 March 2024 in UTC
      And a further ground for transfers is binding corporate rules with Sony Europe B.V., from the beginning of 3 March 2024 in UTC
      When Femke reads the notice on safeguards in <language>
      Then the notice links to the standard contractual clauses in <language>
      And the link opens exactly the clauses in force
      When it becomes 1 April 2026, 00:00:00 in Europe/Brussels
      Then the link opens exactly the clauses in force

      Examples:
        | residence | language |
        | Poland    | Dutch    |
        | Germany   | English  |
        | France    | French   |

  @clause-5.7
  Rule: Every transfer, from anywhere, is lawful where it starts
    Each transfer is in a register, with the law that applies to it where the person lives, what it rests on under that law, and
    since when.

    @policy @record
    Scenario Outline: From <residence> data goes abroad under <law>
      Given Femke lives in <residence>
      When an auditor reads the transfer register
      Then the transfer register shows law, basis, dates and source of every transfer of Femke's data
      And the transfer register shows <law> as the law of every transfer

      Examples:
        | residence          | law                     |
        | the Netherlands    | the GDPR                |
        | Greece             | the GDPR                |
        | Iceland            | the GDPR                |
        | Liechtenstein      | the GDPR                |
        | Norway             | the GDPR                |
        | the United Kingdom | the UK GDPR             |
        | Switzerland        | the Swiss FADP          |
        | China              | the PIPL                |
        | Japan              | the APPI                |
        | South Korea        | Korea's PIPA            |
        | Quebec             | Québec's Law 25         |
        | Ontario            | PIPEDA                  |
        | British Columbia   | PIPEDA                  |
        | Alberta            | PIPEDA                  |
        | Singapore          | Singapore's PDPA        |
        | Brazil             | the LGPD                |
        | Australia          | Australia's Privacy Act |
        | South Africa       | POPIA                   |

    @policy @record
    Scenario Outline: From <residence> too data goes abroad under some law
      Given Femke lives in <residence>
      When an auditor reads the transfer register
      Then the transfer register shows law, basis, dates and source of every transfer of Femke's data
      And the transfer register shows no law of another place for Femke's data

      Examples:
        | residence  |
        | California |
        | UAE        |
        | Mexico     |
        | India      |
        | Taiwan     |

    @policy @record @needs-clock
    Scenario Outline: Years later data still goes from <residence> under <law>
      Given it is 1 March 2028
      And Femke lives in <residence>
      When an auditor reads the transfer register
      Then the transfer register shows law, basis, dates and source of every transfer of Femke's data
      And the transfer register shows <law> as the law of every transfer

      Examples:
        | residence   | law          |
        | Norway      | the GDPR     |
        | South Korea | Korea's PIPA |

    @derived @record @needs-transfer-register
    Scenario Outline: What leaves <residence> for India is in the register, under <law>
      Given Femke lives in <residence> and has an account
      And Femke's company is located in India
      And the only ground for transfers is standard contractual clauses with Femke's company
      And Femke receives personalised marketing
      When Femke changes the display name
      Then the transfer register shows every delivery about Femke under <law>

      Examples:
        | residence          | law             |
        | the Netherlands    | the GDPR        |
        | the United Kingdom | the UK GDPR     |
        | Switzerland        | the Swiss FADP  |
        | Quebec             | Québec's Law 25 |
        | Alberta            | PIPEDA          |
        | China              | the PIPL        |
        | South Korea        | Korea's PIPA    |
        | Japan              | the APPI        |
