Feature: 5 International transfers
  Personal data leaves the European Economic Area only for countries that protect it, or under safeguards that bind the
  recipient.

  @clause-5.1
  Rule: People are informed that data is processed in other countries
    Before a person provides data, a notice states that data is processed, stored and transferred in other countries,
    including Japan and the United States. A register lists every place of operation and every recipient, and actual
    deliveries match it.

    @policy @notice
    Scenario Outline: The notice for <residence>, requested in <language>, names every country of processing
      Given Femke lives in <residence>
      When Femke reads the notice on data transfer in <language>
      Then the notice states that data is processed in Japan
      And the notice states that data is processed in the United States
      And the notice names every country where Femke's data may be processed

      Examples:
        | residence          | language |
        | the Netherlands    | Dutch    |
        | Greece             | English  |
        | Iceland            | English  |
        | Austria            | German   |
        | the United Kingdom | English  |
        | Switzerland        | Dutch    |
        | California         | English  |
        | Québec             | French   |
        | China              | English  |
        | Japan              | Japanese |
        | South Korea        | English  |
        | Taiwan             | Dutch    |
        | Brazil             | Dutch    |

    @policy @notice @needs-clock
    Scenario: In March 2028, the notice still names every country of processing
      Given it is 1 March 2028
      And Femke lives in the Netherlands
      When Femke reads the notice on data transfer in English
      Then the notice states that data is processed in Japan
      And the notice states that data is processed in the United States
      And the notice names every country where Femke's data may be processed

    @derived @record
    Scenario: The registers show the places of operation and every declared recipient
      When an auditor reads the transfer register
      Then the transfer register shows Japan as a place of operation
      And the transfer register shows the United States as a place of operation
      And the register of transfer grounds shows every declared recipient with its country

    @derived @outbound @record
    Scenario Outline: Deliveries about a resident of <residence> match the ledger and the transfer register
      Given Femke lives in <residence> and has an account
      When Femke consents to e-mail marketing
      And Femke changes the display name
      Then the disclosure ledger matches the deliveries received
      And every delivery about Femke is covered by the transfer register

      Examples:
        | residence          |
        | the Netherlands    |
        | Norway             |
        | the United Kingdom |
        | California         |
        | Québec             |
        | China              |
        | Japan              |
        | Mexico             |

    @derived @outbound @record @needs-clock
    Scenario Outline: Withdrawals and shares for every purpose match the ledger and the register: <residence>
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
      Then the disclosure ledger matches the deliveries received
      And every delivery about Femke is covered by the transfer register

      Examples:
        | residence       |
        | the Netherlands |
        | South Korea     |

    @derived @outbound @record @needs-transfer-register
    Scenario: A recipient that relocates to India is recorded there
      Given Femke lives in New York and has an account
      And Femke's company is located in India
      When Femke consents to e-mail marketing
      Then the disclosure ledger matches the deliveries received
      And every delivery about Femke is covered by the transfer register

  @clause-5.2
  Rule: Access by staff in other countries is disclosed and recorded
    Staff of the service and of its providers can access data from countries where the person does not live. The notice
    says so, and a ledger records every access: place, role, purpose and time.

    @policy @notice
    Scenario Outline: The notice for <residence>, requested in <language>, discloses access from other countries
      Given Femke lives in <residence>
      When Femke reads the notice on data transfer in <language>
      Then the notice states that staff in other countries can access data

      Examples:
        | residence          | language |
        | the Netherlands    | Dutch    |
        | Germany            | German   |
        | the United Kingdom | English  |
        | California         | English  |
        | Québec             | English  |
        | China              | English  |
        | South Africa       | Dutch    |

    @derived @record @needs-staff-access
    Scenario Outline: A view from <country> of an account in <residence> is recorded
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      When a <role> in <country> views Femke's account: <purpose>
      Then the access ledger shows every view with place, role, purpose and time, and no other

      Examples:
        | residence       | country            | role                                                                              | purpose                                                                                                               |
        | the Netherlands | Japan              | support agent                                                                     | to answer a question about signing in                                                                                 |
        | the Netherlands | India              | second-level engineer of the provider of authentication and accounts, night shift | to find out why a customer who had enquired three times had not received the mail due in March, tickets 4711 and 4712 |
        | South Korea     | the United States  | provider's engineer                                                               | to repair the account, ticket no. 4711                                                                                |
        | Switzerland     | Singapore          | support agent                                                                     | to answer a question about a move                                                                                     |
        | California      | the United Kingdom | agent d'assistance                                                                | réponse à une question « où ? »                                                                                       |
        | Québec          | the United States  | security analyst                                                                  | to investigate a reported sign-in                                                                                     |
        | China           | Japan              | 客服                                                                                | 回答问题                                                                                                                  |
        | Japan           | Japan              | database administrator                                                            | to verify a backup                                                                                                    |

    @derived @record @needs-staff-access @needs-clock
    Scenario: Views of a deleted account are recorded
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And a support agent in Japan has viewed Femke's account: to answer a question
      And Femke has deleted the account giving a reason
      When 2 months pass
      And a support agent in India views Femke's account: to look into a complaint
      Then the access ledger shows every view with place, role, purpose and time, and no other

    @derived @record @needs-staff-access @needs-clock
    Scenario: Repeated views are recorded separately
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
    Scenario Outline: A view without a stated <detail> is refused
      Given Femke lives in the Netherlands and has an account
      Then no staff member can view Femke's account without stating the <detail>

      Examples:
        | detail  |
        | place   |
        | role    |
        | purpose |

  @clause-5.3
  Rule: People are informed of the consequences before they provide data
    Providing data means agreeing to its transfer to countries that may protect it less, and where courts and
    authorities may obtain it. This can be read before any data is provided. Each time data is provided, a ledger
    records which version of the notice was in force, and when.

    @policy @notice
    Scenario Outline: The notice for <residence>, requested in <language>, states what providing data means
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
        | Québec             | English  |
        | China              | English  |
        | Taiwan             | Dutch    |

    @derived @api @notice
    Scenario Outline: The notice for <residence> is available before any data is provided
      Given Femke lives in <residence>
      When Femke reads the notice on data transfer
      Then the notice is available without signing in
      And the notice was published beforehand

      Examples:
        | residence       |
        | the Netherlands |
        | California      |
        | Québec          |
        | Japan           |

    @derived @record
    Scenario Outline: The notice ledger records the notice given at sign-up in <residence>
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
        | Québec             |
        | China              |
        | South Korea        |
        | Japan              |

    @derived @record @needs-clock
    Scenario: The notice ledger records the version in force at each sign-up
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
    Scenario: The notice ledger records the notice of the new residence at each move
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
    Scenario: The notice ledger records a notice at moves within a country and at a return
      Given it is 16 March 2026, 10:47:51 in UTC
      And Femke lives in California
      And Femke has signed up after reading the notice
      When 2 hours pass
      And Femke moves to New York after reading the notice
      And 40 days pass
      And Femke signs in
      And Femke moves to Québec after reading the notice
      And 2 days pass
      And Femke signs in
      And Femke moves to California after reading the notice
      Then the notice ledger shows every notice given to Femke, with version and time

  @clause-5.4
  Rule: Transferred data is used for its original purpose only
    Data provided for one purpose is used for no other, and no provider receives it without consent, unless the law
    requires or permits it.

    @policy @outbound @record
    Scenario Outline: In <residence>, data shared for e-mail marketing is used for no other purpose
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
        | Québec             |
        | China              |
        | Japan              |
        | South Korea        |
        | Mexico             |

    @derived @outbound
    Scenario Outline: In <residence>, data is shared only for the purposes consented to
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
    Scenario Outline: No provider receives data of a resident of <residence> without consent
      Given Femke lives in <residence> and has an account
      And Bram is Femke's twin and has an account
      And Femke has changed the display name
      When 13 months pass
      And Femke signs in
      And Femke changes the display name
      And Bram signs in
      And Bram consents to e-mail marketing
      And Femke moves to <new residence>
      Then nobody receives anything about Femke for e-mail marketing
      And nobody outside the group receives anything about Femke at any time

      Examples:
        | residence          | new residence      |
        | the Netherlands    | the United Kingdom |
        | Québec             | Japan              |
        | China              | the Netherlands    |

    @derived @outbound
    Scenario: No data is shared after consent is withdrawn
      Given Femke lives in the Netherlands and has an account
      And Bram is Femke's twin and has an account
      And Femke has consented to e-mail marketing
      And Femke has withdrawn consent to e-mail marketing
      When Femke changes the display name
      And Bram consents to e-mail marketing
      Then nobody receives anything about Femke for e-mail marketing
      And nobody outside the group receives anything about Femke at any time

    @derived @record
    Scenario: The transfer register shows no recipient with an undeclared purpose
      When an auditor reads the transfer register
      Then the transfer register shows no recipient with an undeclared purpose

  @clause-5.5 @needs-transfer-register
  Rule: Data leaves the EEA only on a ground that is in force
    Data of residents of the European Economic Area is transferred to a recipient in a third country only while an
    adequacy decision covers that country, or while standard contractual clauses or binding corporate rules bind the
    recipient. A decision that covers certified recipients covers no others. A ground applies from its first to its last
    moment; what counts is the moment at which the data leaves.

    @policy @outbound @record
    Scenario Outline: Data is transferred from <residence> to <country>: <reason>
      Given Femke lives in <residence> and has an account
      And Sony Europe B.V. is located in <country>
      And the only ground for transfers is <ground>
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And nobody but Sony Europe B.V. receives anything about Femke
      And the disclosure ledger matches the deliveries received

      Examples:
        | residence       | country           | ground                                                                     | reason                                          |
        | the Netherlands | Belgium           | none                                                                       | no ground is needed within the EEA              |
        | Iceland         | the Netherlands   | none                                                                       | Iceland is in the EEA                           |
        | Germany         | Norway            | none                                                                       | Norway is in the EEA                            |
        | the Netherlands | Japan             | adequacy of Japan                                                          | an adequacy decision covers Japan               |
        | Liechtenstein   | India             | standard contractual clauses with Sony Europe B.V.                         | standard contractual clauses bind the recipient |
        | Norway          | India             | binding corporate rules with Sony Europe B.V.                              | binding corporate rules bind the recipient      |
        | France          | the United States | adequacy of the United States with Sony Europe B.V. as certified recipient | the recipient is certified                      |
        | France          | Réunion           | none                                                                       | Réunion is a part of the Union                  |
        | Mayotte         | the Åland Islands | none                                                                       | both are parts of the Union                     |

    @policy @outbound @record
    Scenario Outline: Data is not transferred from <residence> to <country>: <reason>
      Given Femke lives in <residence> and has an account
      And Grace is Femke's twin but lives in <other residence> and has an account
      And Sony Europe B.V. is located in <country>
      And Grace's company is located in <country>
      And the only ground for transfers is <ground>
      When Femke consents to e-mail marketing
      And Grace consents to e-mail marketing
      Then nobody receives anything about Femke for e-mail marketing
      And Grace's company receives Grace's data for e-mail marketing
      And the disclosure ledger matches the deliveries received

      Examples:
        | residence         | other residence    | country            | ground                                                                          | reason                                       |
        | the Netherlands   | New York           | Australia          | none                                                                            | no ground is in force                        |
        | Iceland           | the United Kingdom | Mexico             | none                                                                            | Iceland is in the EEA                        |
        | Liechtenstein     | Switzerland        | Singapore          | none                                                                            | Liechtenstein is in the EEA                  |
        | Norway            | Japan              | the United States  | none                                                                            | Norway is in the EEA                         |
        | Austria           | New York           | Switzerland        | none                                                                            | Switzerland is a third country               |
        | Croatia           | Canada             | the United Kingdom | none                                                                            | the United Kingdom is a third country        |
        | Portugal          | New York           | South Africa       | standard contractual clauses with Sony Electronics Inc.                         | the clauses bind another company             |
        | France            | New York           | India              | binding corporate rules with Sony Electronics Inc.                              | the corporate rules bind another company     |
        | Italy             | New York           | Brazil             | adequacy of Japan                                                               | the adequacy decision covers another country |
        | the Netherlands   | Ontario            | the United States  | adequacy of the United States with Sony Electronics Inc. as certified recipient | the recipient is not certified               |
        | Spain             | Ontario            | the United States  | adequacy of the United States with no certified recipient                       | no recipient is certified                    |
        | the Åland Islands | New York           | India              | none                                                                            | the Åland Islands are a part of the Union    |
        | French Guiana     | New York           | Brazil             | none                                                                            | French Guiana is a part of the Union         |
        | Guadeloupe        | New York           | the United States  | none                                                                            | Guadeloupe is a part of the Union            |
        | Saint Martin      | New York           | Canada             | none                                                                            | Saint Martin is a part of the Union          |
        | Martinique        | New York           | Singapore          | none                                                                            | Martinique is a part of the Union            |
        | Réunion           | New York           | South Africa       | none                                                                            | Réunion is a part of the Union               |
        | Mayotte           | New York           | India              | none                                                                            | Mayotte is a part of the Union               |
        | Denmark           | New York           | Greenland          | none                                                                            | the Union does not include Greenland         |
        | France            | New York           | New Caledonia      | none                                                                            | the Union does not include New Caledonia     |

    @derived @outbound @record @needs-clock
    Scenario Outline: Data is transferred on <day> at <time>: <reason>
      Given it is <day>, <time> in Europe/Brussels
      And Femke lives in Belgium and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is <ground>, <period>
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. receives Femke's data for e-mail marketing
      And the disclosure ledger matches the deliveries received

      Examples:
        | day          | time     | ground                                             | period                                                | reason                                   |
        | 1 April 2026 | 00:00:00 | adequacy of India                                  | from the beginning of 1 April 2026 in Europe/Brussels | the adequacy decision has taken effect   |
        | 30 June 2026 | 23:59:59 | adequacy of India                                  | to the end of 30 June 2026 in Europe/Brussels         | the last second of the adequacy decision |
        | 1 April 2026 | 00:00:00 | standard contractual clauses with Sony Europe B.V. | from the beginning of 1 April 2026 in Europe/Brussels | the clauses have taken effect            |
        | 30 June 2026 | 23:59:59 | standard contractual clauses with Sony Europe B.V. | to the end of 30 June 2026 in Europe/Brussels         | the last second of the clauses           |
        | 30 June 2026 | 23:59:59 | binding corporate rules with Sony Europe B.V.      | to the end of 30 June 2026 in Europe/Brussels         | the last second of the corporate rules   |

    @derived @outbound @record @needs-clock
    Scenario Outline: No data is transferred on <day> at <time>: <reason>
      Given it is <day>, <time> in Europe/Brussels
      And Femke lives in Belgium and has an account
      And Grace is Femke's twin but lives in New York and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is <ground>, <period>
      When Femke consents to e-mail marketing
      And Grace consents to e-mail marketing
      Then nobody receives anything about Femke for e-mail marketing
      And the disclosure ledger matches the deliveries received

      Examples:
        | day           | time     | ground                                                         | period                                                | reason                                                          |
        | 31 March 2026 | 23:59:59 | adequacy of India                                              | from the beginning of 1 April 2026 in Europe/Brussels | the adequacy decision takes effect in one second                |
        | 1 July 2026   | 00:00:00 | adequacy of India                                              | to the end of 30 June 2026 in Europe/Brussels         | the adequacy decision has just expired                          |
        | 31 March 2026 | 23:59:59 | binding corporate rules with Sony Europe B.V.                  | from the beginning of 1 April 2026 in Europe/Brussels | the corporate rules take effect in one second                   |
        | 31 March 2026 | 23:59:59 | adequacy of India with Sony Europe B.V. as certified recipient | from the beginning of 1 April 2026 in Europe/Brussels | the decision on certified recipients takes effect in one second |
        | 31 March 2026 | 23:59:59 | standard contractual clauses with Sony Europe B.V.             | from the beginning of 1 April 2026 in Europe/Brussels | the clauses take effect in one second                           |
        | 1 July 2026   | 00:00:00 | standard contractual clauses with Sony Europe B.V.             | to the end of 30 June 2026 in Europe/Brussels         | the clauses have just expired                                   |
        | 1 July 2026   | 00:00:00 | binding corporate rules with Sony Europe B.V.                  | to the end of 30 June 2026 in Europe/Brussels         | the corporate rules have just expired                           |
        | 2 July 2026   | 12:00:00 | adequacy of India with Sony Europe B.V. as certified recipient | to the end of 30 June 2026 in Europe/Brussels         | the decision on certified recipients has expired                |

    @derived @outbound
    Scenario Outline: Without a ground, data of a resident of <residence> is transferred for no purpose
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
    Scenario: Of several grounds, the disclosure ledger names one that is in force
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
      And the disclosure ledger matches the deliveries received

    @derived @outbound
    Scenario: A recipient that relocates to a third country receives no further data without a ground
      Given Femke lives in the Netherlands and has an account
      And Grace lives in New York and has an account
      And Femke receives personalised marketing
      And Sony Europe B.V. is located in India
      And the only ground for transfers is none
      When Femke changes the display name
      And Grace consents to e-mail marketing
      Then nobody receives Femke's data

    @derived @outbound @record @needs-clock
    Scenario: A change made after the clauses expire is not transferred
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
      And the disclosure ledger matches the deliveries received

    @derived @outbound @record @needs-clock
    Scenario: A share that could not be delivered is not delivered after the clauses expire
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
      And the disclosure ledger matches the deliveries received

    @derived @outbound @record @needs-clock
    Scenario: A ground that takes effect after consent is withdrawn permits no transfer
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
      And the disclosure ledger matches the deliveries received

    @derived @outbound
    Scenario Outline: After a move from <old residence> to <new residence>, the safeguards of the EEA apply
      Given Femke lives in <old residence> and has an account
      And Grace lives in New York and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is none
      And Femke has consented to e-mail marketing
      And Grace has consented to e-mail marketing
      When Femke moves to <new residence>
      And Grace changes the display name
      Then nobody receives Femke's data

      Examples:
        | old residence      | new residence |
        | South Korea        | Greece        |
        | the United Kingdom | Iceland       |
        | Québec             | France        |
        | China              | Norway        |

    @derived @outbound @record
    Scenario Outline: After a move from the Netherlands to <new residence>, the law of the new residence applies
      Given Femke lives in the Netherlands and has an account
      And Femke's company is located in India
      And the only ground for transfers is none
      And Femke has consented to e-mail marketing
      When Femke moves to <new residence>
      Then Femke's company receives Femke's data for e-mail marketing
      And nobody but Femke's company receives anything about Femke
      And the disclosure ledger matches the deliveries received

      Examples:
        | new residence      |
        | the United Kingdom |
        | Ontario            |
        | China              |

    @derived @outbound
    Scenario Outline: Transfers end when their ground is lost; remaining: <remaining ground>
      Given it is 16 March 2026, 10:17:23 in UTC
      And Femke lives in the Netherlands and has an account
      And Grace is Femke's twin but lives in New York and has an account
      And Sony Europe B.V. is located in the United States
      And the only ground for transfers is adequacy of the United States with Sony Europe B.V. as certified recipient
      And Femke has consented to e-mail marketing
      And Grace has consented to e-mail marketing
      When the only ground for transfers becomes <remaining ground>
      And Femke changes the display name
      And Grace changes the display name
      Then nobody receives Femke's data

      Examples:
        | remaining ground                                                                |
        | none                                                                            |
        | adequacy of the United States with no certified recipient                       |
        | adequacy of the United States with Sony Electronics Inc. as certified recipient |

    @derived @outbound @needs-clock
    Scenario: Without a ground, a withdrawal of consent transfers the subject id only
      Given it is 30 June 2026, 12:00 in UTC
      And Femke lives in the Netherlands and has an account
      And Sony Europe B.V. is located in India
      And the only ground for transfers is standard contractual clauses with Sony Europe B.V., to the end of 30 June 2026 in UTC
      And Femke receives personalised marketing
      And Femke is profiled
      When it becomes 1 July 2026, 00:00 in UTC
      And Femke signs in
      And Femke withdraws consent to e-mail marketing
      Then every recipient receives only Femke's subject id
      And the disclosure ledger matches the deliveries received

    @derived @outbound
    Scenario: A move out of the EEA transfers the subject id only
      Given Femke lives in Portugal and has an account
      And Femke has consented to e-mail marketing
      When Femke moves to India
      Then Sony Europe B.V. receives only Femke's subject id

    @derived @record
    Scenario Outline: The register of transfer grounds shows <ground> as stated
      Given it is 16 March 2026, 10:17:23 in UTC
      And Sony Europe B.V. is located in <country>
      And the only ground for transfers is <ground>, <period>
      When an auditor reads the register of transfer grounds
      Then the register of transfer grounds shows exactly the stated recipients and grounds

      Examples:
        | country           | ground                                                                     | period                                                |
        | India             | standard contractual clauses with Sony Europe B.V.                         | from the beginning of 1 April 2026 in Europe/Brussels |
        | India             | binding corporate rules with Sony Europe B.V.                              | to the end of 30 June 2026 in Europe/Brussels         |
        | the United States | adequacy of the United States with Sony Europe B.V. as certified recipient | to the end of 30 June 2026 in Europe/Brussels         |

  @clause-5.6
  Rule: The standard contractual clauses are accessible
    Residents of the European Economic Area can open the standard contractual clauses from the notice.

    @policy @notice @api
    Scenario Outline: A resident of <residence> can open the clauses in <language>
      Given Femke lives in <residence>
      When Femke reads the notice on safeguards in <language>
      Then the notice links to the standard contractual clauses in <language>
      And the link opens the standard contractual clauses in <language>

      Examples:
        | residence         | language |
        | the Netherlands   | Dutch    |
        | Germany           | German   |
        | Greece            | English  |
        | Belgium           | Dutch    |
        | Sweden            | English  |
        | Iceland           | English  |
        | Liechtenstein     | English  |
        | Norway            | Dutch    |
        | the Åland Islands | Dutch    |
        | French Guiana     | English  |
        | Guadeloupe        | Dutch    |
        | Saint Martin      | English  |
        | Martinique        | Dutch    |
        | Réunion           | English  |
        | Mayotte           | Dutch    |

    @derived @notice @api @needs-transfer-register @needs-clock
    Scenario Outline: The clauses linked from the notice in <language> are shown until they expire
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
    Scenario Outline: The notice for <residence> in <language> links to exactly the clauses in force
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
  Rule: Every transfer is lawful under the law of the person's residence
    A register lists each transfer with the law that applies to it at the person's residence, its basis under that law,
    and the date from which that basis applies.

    @policy @record
    Scenario Outline: Transfers from <residence> are registered under <law>
      Given Femke lives in <residence>
      When an auditor reads the transfer register
      Then the transfer register shows law, basis, dates and source of every transfer of Femke's data
      And the transfer register shows <law> as the law of every transfer

      Examples:
        | residence                 | law                     |
        | the Netherlands           | the GDPR                |
        | Greece                    | the GDPR                |
        | Iceland                   | the GDPR                |
        | Liechtenstein             | the GDPR                |
        | Norway                    | the GDPR                |
        | the Åland Islands         | the GDPR                |
        | French Guiana             | the GDPR                |
        | Guadeloupe                | the GDPR                |
        | Saint Martin              | the GDPR                |
        | Martinique                | the GDPR                |
        | Réunion                   | the GDPR                |
        | Mayotte                   | the GDPR                |
        | the United Kingdom        | the UK GDPR             |
        | Switzerland               | the Swiss FADP          |
        | China                     | the PIPL                |
        | Japan                     | the APPI                |
        | South Korea               | Korea's PIPA            |
        | Québec                    | Québec's Law 25         |
        | Ontario                   | PIPEDA                  |
        | British Columbia          | PIPEDA                  |
        | Alberta                   | PIPEDA                  |
        | Yukon                     | PIPEDA                  |
        | the Northwest Territories | PIPEDA                  |
        | Nunavut                   | PIPEDA                  |
        | Singapore                 | Singapore's PDPA        |
        | Brazil                    | the LGPD                |
        | Australia                 | Australia's Privacy Act |
        | South Africa              | POPIA                   |

    @policy @record
    Scenario Outline: Transfers from <residence> are registered under no other jurisdiction's law
      Given Femke lives in <residence>
      When an auditor reads the transfer register
      Then the transfer register shows law, basis, dates and source of every transfer of Femke's data
      And the transfer register shows no law of another jurisdiction for Femke's data

      Examples:
        | residence                |
        | California               |
        | the United Arab Emirates |
        | Mexico                   |
        | India                    |
        | Taiwan                   |

    @policy @record @needs-clock
    Scenario Outline: In March 2028, transfers from <residence> are still registered under <law>
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
    Scenario Outline: Every share from <residence> to India is registered under <law>
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
        | Québec             | Québec's Law 25 |
        | Alberta            | PIPEDA          |
        | China              | the PIPL        |
        | South Korea        | Korea's PIPA    |
        | Japan              | the APPI        |
