from bilateral.build.positions import Positions, comment_line

TEXT = '''@prefix ex: <http://example.com/> .
PREFIX other: <http://example.org/>
# a comment; with ex:marks .
ex:a a ex:C ;
    ex:p "a ; b . # no comment" , 5 ;
    ex:date "2011-08-01"^^<http://www.w3.org/2001/XMLSchema#date> .
other:b.c ex:p """long
text""" ;
    ex:q ( ex:x ex:y ) .
ex:d
    ex:p ex:e ;
    .
'''


def test_subjects_have_the_line_that_they_start_on() -> None:
    subjects = Positions.of(TEXT).subjects
    assert subjects == {"http://example.com/a": 4, "http://example.org/b.c": 7, "http://example.com/d": 10}


def test_a_statement_is_found_by_its_value() -> None:
    positions = Positions.of(TEXT)
    assert positions.find("http://example.com/a", "http://example.com/p", "5") == 5
    assert positions.find("http://example.com/a", "http://example.com/date", "2011-08-01") == 6
    assert positions.find("http://example.com/d", "http://example.com/p", "http://example.com/e") == 11


def test_a_statement_that_is_missing_is_placed_at_predicate_or_subject() -> None:
    positions = Positions.of(TEXT)
    assert positions.find("http://example.org/b.c", "http://example.com/q", None) == 9
    assert positions.find("http://example.com/a", "http://example.com/missing", None) == 4
    assert positions.find("http://example.com/unknown", None, None) is None


def test_a_comment_is_told_from_a_string_and_an_iri() -> None:
    assert comment_line(TEXT) == 3
    assert comment_line('<http://x/#a> <http://x/p> "# no" .') is None
