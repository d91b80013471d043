Feature: 5 Where the data may go
  What leaves the European Economic Area leaves it for a place where it is protected, or under clauses that protect it.

  @clause-5.5 @needs-transfer-register
  Rule: Out of the EEA only on a ground that is in force
    Data of residents of the European Economic Area goes to a recipient in another country only while that country is found
    adequate, or while standard contractual clauses or binding corporate rules bind the recipient. A finding for certified
    recipients covers nobody else. A ground counts from its first to its last moment, at the moment the data leaves.

    @policy @outbound @record
    Scenario Outline: From <residence> to <place>: <because>
      Given Femke lives in <residence> and has an account
      And Sony Europe B.V. receives data in <place>
      And the only ground for transfers is <ground>
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. received Femke's data for e-mail marketing
      And nobody but Sony Europe B.V. received anything about Femke
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
      And Sony Europe B.V. receives data in <place>
      And Grace's company receives data in <place>
      And the only ground for transfers is <ground>
      When Femke consents to e-mail marketing
      And Grace consents to e-mail marketing
      Then nothing about Femke arrived for e-mail marketing
      And Grace's company received Grace's data for e-mail marketing
      And the disclosure ledger agrees with what arrived

      Examples:
        | residence       | elsewhere          | place              | ground                                                               | because                                    |
        | the Netherlands | New York           | India              | none                                                                 | nothing allows it, and the twin's law does |
        | Iceland         | the United Kingdom | India              | none                                                                 | Iceland is in the EEA, the twin is not     |
        | Liechtenstein   | Switzerland        | India              | none                                                                 | Switzerland's neighbour is in the EEA      |
        | Norway          | Japan              | the United States  | none                                                                 | Norway is in the EEA                       |
        | Austria         | New York           | Switzerland        | none                                                                 | Switzerland is not in the EEA              |
        | Croatia         | Canada             | the United Kingdom | none                                                                 | the United Kingdom is in the EEA no more   |
        | Germany         | New York           | India              | standard contractual clauses with Sony Electronics Inc.              | the clauses bind somebody else             |
        | France          | New York           | India              | binding corporate rules with Sony Electronics Inc.                   | the corporate rules bind somebody else     |
        | Italy           | New York           | India              | adequacy of Japan                                                    | another country is found adequate          |
        | the Netherlands | Ontario            | the United States  | adequacy of the United States for Sony Electronics Inc. as certified | the recipient is not certified             |
        | Spain           | Ontario            | the United States  | adequacy of the United States for nobody as certified                | nobody is certified                        |

    @derived @outbound @record @needs-clock
    Scenario Outline: Data leaves on <day> at <time>: <because>
      Given it is <day>, <time> in Europe/Brussels
      And Femke lives in Belgium and has an account
      And Sony Europe B.V. receives data in India
      And the only ground for transfers is <ground>, <period>
      When Femke consents to e-mail marketing
      Then Sony Europe B.V. received Femke's data for e-mail marketing
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
      And Sony Europe B.V. receives data in India
      And the only ground for transfers is <ground>, <period>
      When Femke consents to e-mail marketing
      And Grace consents to e-mail marketing
      Then nothing about Femke arrived for e-mail marketing
      And the disclosure ledger agrees with what arrived

      Examples:
        | day           | time     | ground                                              | period                                                | because                                 |
        | 31 March 2026 | 23:59:59 | adequacy of India                                   | from the beginning of 1 April 2026 in Europe/Brussels | the finding begins in a second          |
        | 1 July 2026   | 00:00:00 | adequacy of India                                   | to the end of 30 June 2026 in Europe/Brussels         | the finding has just ended              |
        | 31 March 2026 | 00:00:00 | standard contractual clauses with Sony Europe B.V.  | from the beginning of 1 April 2026 in Europe/Brussels | the clauses begin tomorrow              |
        | 31 March 2026 | 23:59:59 | standard contractual clauses with Sony Europe B.V.  | from the beginning of 1 April 2026 in Europe/Brussels | the clauses begin in a second           |
        | 1 July 2026   | 00:00:00 | standard contractual clauses with Sony Europe B.V.  | to the end of 30 June 2026 in Europe/Brussels         | the clauses have just ended             |
        | 1 July 2026   | 00:00:00 | binding corporate rules with Sony Europe B.V.       | to the end of 30 June 2026 in Europe/Brussels         | the corporate rules have just ended     |
        | 2 July 2026   | 12:00:00 | adequacy of India for Sony Europe B.V. as certified | to the end of 30 June 2026 in Europe/Brussels         | the finding for the certified has ended |

    @derived @outbound @record @needs-clock
    Scenario: A change after the clauses have ended stays here
      Given it is 30 June 2026, 12:00 in UTC
      And Femke lives in the Netherlands and has an account
      And Grace is Femke's twin but lives in New York and has an account
      And Sony Europe B.V. receives data in India
      And the only ground for transfers is standard contractual clauses with Sony Europe B.V., to the end of 30 June 2026 in UTC
      And Femke has consented to e-mail marketing
      And Grace has consented to e-mail marketing
      When it becomes 1 July 2026, 00:00 in UTC
      And Femke signs in again
      And Femke changes the display name
      And Grace signs in again
      And Grace changes the display name
      Then no share about Femke was sent for e-mail marketing
      And the disclosure ledger agrees with what arrived

    @derived @outbound @record @needs-clock
    Scenario: What could not be delivered in time is not delivered after the clauses have ended
      Given it is 30 June 2026, 23:30 in UTC
      And Femke lives in the Netherlands and has an account
      And Grace is Femke's twin but lives in New York and has an account
      And Sony Europe B.V. receives data in India
      And the only ground for transfers is standard contractual clauses with Sony Europe B.V., to the end of 30 June 2026 in UTC
      And Sony Europe B.V. is down
      And Femke has consented to e-mail marketing
      When it becomes 1 July 2026, 00:00 in UTC
      And Sony Europe B.V. is up again
      And 1 hour passes
      And 2 days pass
      And Grace signs in again
      And Grace consents to e-mail marketing
      Then no share about Femke was sent for e-mail marketing
      And the disclosure ledger agrees with what arrived

    @derived @outbound @record @needs-clock
    Scenario: A ground that begins after the consent has ended lets nothing out
      Given it is 31 March 2026, 12:00 in UTC
      And Femke lives in the Netherlands and has an account
      And Grace is Femke's twin but lives in New York and has an account
      And Sony Europe B.V. receives data in India
      And the only ground for transfers is standard contractual clauses with Sony Europe B.V., from the beginning of 1 April 2026 in UTC
      And Femke has consented to e-mail marketing
      And Femke has withdrawn the consent to e-mail marketing
      When it becomes 1 April 2026, 00:00 in UTC
      And 2 days pass
      And Grace signs in again
      And Grace consents to e-mail marketing
      Then no share about Femke was sent for e-mail marketing
      And the disclosure ledger agrees with what arrived

    @derived @outbound
    Scenario: Who moves into the EEA is protected from then on
      Given Femke lives in Japan and has an account
      And Grace lives in New York and has an account
      And Sony Europe B.V. receives data in India
      And the only ground for transfers is none
      And Femke has consented to e-mail marketing
      And Grace has consented to e-mail marketing
      When Femke moves to the Netherlands
      And Grace changes the display name
      Then no share about Femke was sent for e-mail marketing

    @derived @outbound @needs-clock
    Scenario: Without a ground a withdrawal says no more than whom it is about
      Given it is 30 June 2026, 12:00 in UTC
      And Femke lives in the Netherlands and has an account
      And Sony Europe B.V. receives data in India
      And the only ground for transfers is standard contractual clauses with Sony Europe B.V., to the end of 30 June 2026 in UTC
      And Femke has consented to e-mail marketing
      When it becomes 1 July 2026, 00:00 in UTC
      And Femke signs in again
      And Femke withdraws the consent to e-mail marketing
      Then what arrived about Femke names no more than the subject

    @derived @record
    Scenario Outline: The transfer register shows <ground> as it was stated
      Given Sony Europe B.V. receives data in <place>
      And the only ground for transfers is <ground>, <period>
      When an auditor opens the transfer register
      Then it shows these recipients and grounds, and no other ground

      Examples:
        | place             | ground                                                          | period                                                |
        | India             | standard contractual clauses with Sony Europe B.V.              | from the beginning of 1 April 2026 in Europe/Brussels |
        | India             | binding corporate rules with Sony Europe B.V.                   | to the end of 30 June 2026 in Europe/Brussels         |
        | the United States | adequacy of the United States for Sony Europe B.V. as certified | to the end of 30 June 2026 in Europe/Brussels         |
