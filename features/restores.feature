Feature: Restores
  A restore replaces data that was lost by a backup. It undoes no decision: what a person, a parent or guardian, an
  authority or staff decided before the restore holds after it, whichever backup is restored and however often. Each
  table belongs to the clause that the decision rests on.

  @derived @api @outbound @needs-backups
  Scenario Outline: When <restore>, it still holds that <decision>
    Given the service backs up to object storage
    And Femke lives in <residence> and has an account
    And Grete lives in <residence>
    And <before>
    And a backup has been made
    And <decision>
    When <restore>
    Then all decisions about Femke still hold

    @clause-2.3 @record
    Examples:
      | residence       | before                             | decision                                           | restore                              |
      | Japan           | Femke has changed the display name | Femke has consented to e-mail marketing            | the backup is restored twice         |
      | the Netherlands | Femke has changed the display name | Femke has consented to e-mail marketing in English | the older of two backups is restored |

    @clause-2.5
    Examples:
      | residence | before                                  | decision                           | restore                                    |
      | France    | Femke has consented to e-mail marketing | Femke has moved to Canada          | the backup is restored                     |
      | Canada    | Femke has consented to e-mail marketing | Femke has moved to the Netherlands | the older of two backups is restored twice |

    @clause-2.6 @record
    Examples:
      | residence       | before                                | decision                                                   | restore                                    |
      | Germany         | Femke receives personalised marketing | Femke has turned personalisation off in the television app | the older of two backups is restored twice |
      | the Netherlands | Femke receives personalised marketing | Femke has withdrawn consent to personalisation             | the backup is restored                     |

    @clause-2.7 @record
    Examples:
      | residence       | before            | decision                                 | restore                              |
      | the Netherlands | Femke is profiled | Femke has withdrawn consent to profiling | the backup is restored twice         |
      | Spain           | Femke is profiled | Femke has deleted the My Sony ID         | the older of two backups is restored |

    @clause-4.1
    Examples:
      | residence       | before                                  | decision                    | restore                                    |
      | the Netherlands | Femke has consented to e-mail marketing | Femke has requested erasure | the older of two backups is restored twice |
      | Canada          | Femke has changed the display name      | Femke has requested erasure | the backup is restored                     |

    @clause-4.2 @record @needs-holds
    Examples:
      | residence       | before                                                                                | decision                                                                  | restore                              |
      | the Netherlands | Femke has changed the display name                                                    | a tax office has placed a hold on Femke's date of birth until 1 June 2027 | the backup is restored twice         |
      | Japan           | a supervisory authority has placed a hold on Femke's correspondence until 1 June 2027 | the hold on Femke's correspondence has been lifted                        | the older of two backups is restored |

    @clause-4.5
    Examples:
      | residence       | before                                   | decision                      | restore                              |
      | the Netherlands | Femke is profiled                        | Femke has deleted the account | the backup is restored twice         |
      | Colorado        | an advertising vendor holds Femke's data | Femke has deleted the account | the older of two backups is restored |

    @clause-7.5 @needs-guardian-reports
    Examples:
      | residence       | before                                          | decision                                        | restore                                    |
      | the Netherlands | Femke has consented to e-mail marketing         | Grete has reported Femke as a child by the form | the older of two backups is restored twice |
      | the Netherlands | Grete has reported Femke as a child by the form | staff have found that Femke is a child          | the backup is restored                     |
      | Japan           | Grete has reported Femke as a child by the form | staff have found that Femke is not a child      | the backup is restored twice               |

    @clause-7.6
    Examples:
      | residence       | before                                  | decision                                                                 | restore                                    |
      | the Netherlands | Femke has consented to e-mail marketing | Femke has changed the date of birth to one day below the age of majority | the older of two backups is restored twice |
      | Germany         | Femke is profiled                       | Femke has changed the date of birth to one day below the age of majority | the backup is restored                     |

    @clause-8.EU.6
    Examples:
      | residence       | before                                | decision                                       | restore                                    |
      | the Netherlands | Femke is profiled                     | Femke has requested an end to direct marketing | the older of two backups is restored twice |
      | Austria         | Femke receives personalised marketing | Femke has requested an end to direct marketing | the backup is restored                     |

    @clause-8.EU.7 @record
    Examples:
      | residence       | before                                  | decision                                        | restore                              |
      | the Netherlands | Femke has consented to e-mail marketing | Femke has withdrawn consent to e-mail marketing | the older of two backups is restored |

    @clause-8.US.6
    Examples:
      | residence | before                                   | decision                                                | restore                              |
      | Utah      | an advertising vendor holds Femke's data | Femke has turned the setting 'Personal Information' off | the backup is restored twice         |
      | Virginia  | an advertising vendor holds Femke's data | Femke has requested an opt-out of targeted advertising  | the older of two backups is restored |

    @clause-8.US.7 @record
    Examples:
      | residence   | before                             | decision                                    | restore                                    |
      | Connecticut | Femke has changed the display name | Femke has requested an opt-out of profiling | the older of two backups is restored twice |
      | Colorado    | Femke has changed the display name | Femke has requested an opt-out of profiling | the backup is restored                     |

    @clause-8.US.8
    Examples:
      | residence | before                                   | decision                          | restore                                    |
      | Colorado  | an advertising vendor holds Femke's data | Femke has sent the opt-out signal | the older of two backups is restored twice |

    @clause-8.CA.4
    Examples:
      | residence  | before                                   | decision                                                | restore                                    |
      | California | an advertising vendor holds Femke's data | Femke has requested an opt-out of sale and sharing      | the older of two backups is restored twice |
      | California | an advertising vendor holds Femke's data | Femke has turned the setting 'Personal Information' off | the backup is restored                     |

    @clause-8.CA.18
    Examples:
      | residence  | before                                   | decision                          | restore                      |
      | California | an advertising vendor holds Femke's data | Femke has sent the opt-out signal | the backup is restored twice |

    @clause-8.NV.4 @record
    Examples:
      | residence | before                             | decision                                        | restore                                    |
      | Nevada    | Femke has changed the display name | Femke has requested an opt-out under Nevada law | the older of two backups is restored twice |

  @clause-2.8 @derived @api @outbound @needs-backups
  Scenario Outline: When <restore>, a consent that was withdrawn through the link in a mail is still withdrawn
    Given the service backs up to object storage
    And Femke lives in <residence> and has an account
    And Femke has consented to e-mail marketing
    And Femke's company has sent its marketing mail
    And a backup has been made
    And Femke has unsubscribed through the link in the mail
    When <restore>
    Then all decisions about Femke still hold

    Examples:
      | residence       | restore                                    |
      | the Netherlands | the older of two backups is restored twice |
      | Canada          | the backup is restored                     |
