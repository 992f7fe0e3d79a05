import io
import json

import pyoxigraph as ox
import pytest

from bilateral.errors import BadRequest, QueryError, QueryRefused
from bilateral.formats import CSV, JSON, N_TRIPLES, TRIG, TURTLE, Format
from bilateral.serve import engine
from bilateral.serve.codings import GZIP
from bilateral.serve.engine import Evaluation


def evaluate(store: ox.Store, evaluation: Evaluation) -> bytes:
    output = io.BytesIO()
    engine.evaluate(store, evaluation, output)
    return output.getvalue()


KNOWS = "SELECT (COUNT(*) AS ?n) { ?a <http://example.com/knows> ?b }"


def rows(store: ox.Store, text: str, **dataset: object) -> str:
    return evaluate(store, Evaluation(text, CSV, **dataset)).decode().split()[1]  # type: ignore[arg-type]


def test_the_default_graph_is_the_union_of_all_graphs(tiny: ox.Store) -> None:
    assert rows(tiny, KNOWS) == "2"


def test_from_chooses_among_the_graphs_and_never_fetches(tiny: ox.Store) -> None:
    text = KNOWS.replace(" { ?a", " FROM <http://example.com/g1> { ?a")
    assert rows(tiny, text, union=False) == "1"
    assert rows(tiny, text.replace("g1", "elsewhere"), union=False) == "0"


def test_the_dataset_of_the_request_beats_from(tiny: ox.Store) -> None:
    text = KNOWS.replace(" { ?a", " FROM <http://example.com/elsewhere> { ?a")
    assert rows(tiny, text, union=False, default_graph_uris=("http://example.com/g2",)) == "1"


def test_graphs_that_the_request_does_not_name_are_not_in_its_dataset(tiny: ox.Store) -> None:
    text = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?p ?b } }"
    assert rows(tiny, text, named_graph_uris=("http://example.com/g2",)) == "1"
    assert rows(tiny, text, default_graph_uris=("http://example.com/g2",)) == "0"


def test_a_typing_error_has_its_line_and_column(tiny: ox.Store) -> None:
    with pytest.raises(QueryError) as error:
        evaluate(tiny, Evaluation("SELECT * {\n ?s ?p ?o .\n FILTR(?o) }", JSON))
    assert (error.value.line, error.value.column) == (3, 10)


def test_an_unknown_function_is_the_querys_fault(tiny: ox.Store) -> None:
    with pytest.raises(QueryRefused):
        evaluate(tiny, Evaluation("SELECT (<http://x/f>(1) AS ?x) {}", JSON))


def test_a_graph_name_that_is_no_iri_is_a_bad_request(tiny: ox.Store) -> None:
    with pytest.raises(BadRequest):
        evaluate(tiny, Evaluation(KNOWS, JSON, default_graph_uris=("not an iri",)))


@pytest.mark.parametrize("format_", [TURTLE, N_TRIPLES, TRIG])
def test_a_graph_is_written_in_the_format_asked_for(tiny: ox.Store, format_: Format) -> None:
    content = evaluate(tiny, Evaluation("CONSTRUCT WHERE { ?a <http://example.com/knows> ?b }", format_))
    rdf_format = ox.RdfFormat.from_media_type(format_.media_type)
    assert len(list(ox.parse(content, format=rdf_format))) == 2


def test_an_ask_is_a_boolean(tiny: ox.Store) -> None:
    assert json.loads(evaluate(tiny, Evaluation("ASK { ?s ?p ?o }", JSON)))["boolean"] is True


def test_our_prefixes_need_not_be_declared(tiny: ox.Store) -> None:
    assert evaluate(tiny, Evaluation("ASK { ?s a bilat:Party }", JSON))


def test_a_relative_iri_is_one_of_ours(tiny: ox.Store) -> None:
    assert b"https://w3id.org/bilateral/id/party/PER" in evaluate(
        tiny, Evaluation("SELECT (<id/party/PER> AS ?p) {}", CSV)
    )


def test_an_evaluation_reaches_a_worker_as_it_is() -> None:
    graphs = {"default_graph_uris": ("http://x/a",), "named_graph_uris": ("http://x/b",)}
    evaluation = Evaluation("SELECT *\n{ ?é ?p '\u2028' }", CSV, GZIP, union=False, **graphs)
    assert Evaluation.from_json(evaluation.as_json) == evaluation
