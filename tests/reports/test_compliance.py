import json

import jsonschema
import pytest

from reports.compliance import SCHEMA_FILE, make_schema


def test_the_committed_schema_is_in_step_with_the_model():
    assert SCHEMA_FILE.read_text(encoding="utf-8") == make_schema(), "run: python -m reports.compliance"


def test_every_clause_of_the_register_is_there_with_verdict_tier_origin_and_scenarios(sample, register):
    document = json.loads((sample.fill().views() / "compliance.json").read_text(encoding="utf-8"))

    assert [clause["id"] for clause in document["clauses"]] == list(register.ids)
    verdicts = {clause["id"]: clause["verdict"] for clause in document["clauses"]}
    assert (verdicts["4.1"], verdicts["4.3"], verdicts["5.5"]) == ("satisfied", "violated", "inconclusive")
    found = next(clause for clause in document["clauses"] if clause["id"] == "4.1")
    assert (found["tier"], found["origin"], len(found["scenarios"])) == ("observed", "policy", 2)
    assert document["gate"]["passed"] is False


def test_it_fits_its_schema_and_the_schema_can_refuse(sample):
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads((sample.fill().views() / "compliance.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)

    document["clauses"][0]["verdict"] = "fine"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema)


def test_a_passing_gate_says_so(sample):
    sample.add("4.1", "Six months after 31 August")
    document = json.loads((sample.views() / "compliance.json").read_text(encoding="utf-8"))
    assert document["gate"]["passed"] is True
