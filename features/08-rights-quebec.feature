Feature: 8 Rights in Québec
  Rights of residents of Québec in addition to the rights in all countries.

  @clause-8.QC.1
  Rule: A profile is created with consent only
    The usage that an app reports could form a profile of interests. Without consent to profiling no profile is created,
    and no data for one is shared.

    @policy @api @outbound
    Scenario: No profile is created of a resident who has not consented to profiling
      Given Marie lives in Québec and has an account
      And Luc is Marie's twin and has an account
      And Luc has consented to profiling
      And Marie has consented to e-mail marketing
      When Marie allows the use of viewing and gaming data in the television app
      And Luc allows the use of viewing and gaming data in the television app
      And Marie changes the display name
      Then Marie has no profile
      And no delivery about Marie reveals interests
      And Marie's product usage is shared for personalisation only

    @policy @api @outbound
    Scenario Outline: Consent to <purpose> is not consent to profiling
      Given Marie lives in Québec and has an account
      And Luc is Marie's twin and has an account
      And Luc has consented to profiling
      And Marie has consented to <purpose>
      And Luc has consented to e-mail marketing
      When Marie allows the use of viewing data in the headphones app
      And Luc allows the use of viewing data in the headphones app
      Then Marie has no profile
      And no delivery about Marie reveals interests

      Examples:
        | purpose          |
        | e-mail marketing |
        | personalisation  |

    @derived @api @outbound
    Scenario Outline: The profile ends when the resident <action>
      Given Marie lives in Québec and has an account
      And Luc is Marie's twin and has an account
      And Luc has consented to profiling
      And Marie has consented to profiling
      And Marie has consented to e-mail marketing
      And Marie has allowed the use of viewing data in the television app
      And Luc has allowed the use of viewing data in the television app
      And Marie has a profile
      When Marie <action>
      Then Marie has no profile
      When Marie changes the display name
      Then no delivery about Marie reveals interests
      And Marie has no profile

      Examples:
        | action                                          |
        | withdraws consent to profiling                  |
        | requests an end to direct marketing             |
        | turns personalisation off in the television app |

    @derived @api @outbound
    Scenario: A person who moves to Québec has no profile without consent
      Given Marie lives in Ontario and has an account
      And Luc is Marie's twin and has an account
      And Luc has consented to profiling
      And Marie has consented to e-mail marketing
      And Marie has allowed the use of viewing data in the television app
      And Luc has allowed the use of viewing data in the television app
      When Marie moves to Québec
      Then Marie has no profile
      And no delivery about Marie reveals interests

  @clause-8.QC.6
  Rule: A person who withdraws consent is informed at once of what that means
    The information covers products and services, is given in the person's language, and concerns the consent withdrawn.

    @policy @api
    Scenario Outline: A resident who withdraws consent to <purpose> is informed in <language>
      Given Marie, who speaks <language>, lives in Québec and has an account
      And Marie has consented to <purpose>
      When Marie withdraws consent to <purpose>
      Then Marie's consent to <purpose> is not in force
      And Marie is informed in <language> of what the withdrawal means

      Examples:
        | language | purpose          |
        | French   | e-mail marketing |
        | French   | personalisation  |
        | French   | profiling        |
        | English  | e-mail marketing |
        | English  | personalisation  |
        | English  | profiling        |

    @policy @api @needs-clock
    Scenario: A resident who withdraws consent after 25 months is informed
      Given Marie, who speaks French, lives in Québec and has an account
      And Marie has consented to profiling
      When 25 months pass
      And Marie signs in
      And Marie withdraws consent to profiling
      Then Marie's consent to profiling is not in force
      And Marie is informed in French of what the withdrawal means

    @derived @api
    Scenario: A resident who withdraws the same consent a second time is informed
      Given Marie, who speaks French, lives in Québec and has an account
      And Marie has consented to e-mail marketing
      And Marie has withdrawn consent to e-mail marketing
      And Marie has consented to e-mail marketing
      When Marie withdraws consent to e-mail marketing
      Then Marie's consent to e-mail marketing is not in force
      And Marie is informed in French of what the withdrawal means

    @derived @api
    Scenario: A person who has moved to Québec is informed
      Given Marie, who speaks French, lives in Ontario and has an account
      And Marie has consented to personalisation
      And Marie has moved to Québec
      When Marie withdraws consent to personalisation
      Then Marie is informed in French of what the withdrawal means

    @derived @api
    Scenario: The information differs with the consent withdrawn
      Given Marie, who speaks French, lives in Québec and has an account
      And Luc is Marie's twin and has an account
      And Marie has consented to e-mail marketing
      And Luc has consented to profiling
      And Rose is Marie's twin and has an account
      And Rose has consented to personalisation
      When Marie withdraws consent to e-mail marketing
      And Luc withdraws consent to profiling
      And Rose withdraws consent to personalisation
      Then Marie, Luc and Rose are informed differently
