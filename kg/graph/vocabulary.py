"""The namespaces of the graph and the few terms that code must name; what they mean stands in `ontology/`."""

from __future__ import annotations

from pyoxigraph import NamedNode

RESOURCE = "https://w3id.org/militant-kg/"
KG = RESOURCE + "ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
GEO = "http://www.opengis.net/ont/geosparql#"
WGS84 = "http://www.w3.org/2003/01/geo/wgs84_pos#"
GEONAMES = "https://sws.geonames.org/"

# Prefixes of everything written out. A local name cannot hold "/", so each kind of resource has a prefix of its own.
PREFIXES = {
    "kg": KG, "rdf": RDF, "rdfs": RDFS, "xsd": XSD, "owl": OWL, "prov": PROV, "oa": OA, "skos": SKOS,
    "dcterms": DCTERMS, "geo": GEO, "wgs84": WGS84, "geonames": GEONAMES,
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/", "org": "http://www.w3.org/ns/org#",
    "time": "http://www.w3.org/2006/time#",
} | {kind: f"{RESOURCE}{kind}/" for kind in (
    "group", "force", "person", "people", "place", "facility", "project", "weapon", "organization", "thing", "event",
    "toll", "dispute", "story", "document", "copy", "assertion", "review", "judgement", "scheme")}

# Places in a text hold a "#" that a prefixed name would have to escape: documents are written in full.
WRITTEN_PREFIXES = {name: space for name, space in PREFIXES.items() if name != "document"}

TYPE = NamedNode(RDF + "type")
SUBJECT, PREDICATE, OBJECT = (NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
LABEL = NamedNode(RDFS + "label")
STATUS, EVIDENCE = NamedNode(KG + "status"), NamedNode(KG + "evidence")
REPLACED_BY = NamedNode(DCTERMS + "isReplacedBy")
ALT_LABEL = NamedNode(SKOS + "altLabel")
DERIVED_FROM = NamedNode(PROV + "wasDerivedFrom")
JOINED_IN = NamedNode(KG + "joinedIn")
REVISION_OF = NamedNode(PROV + "wasRevisionOf")
MENTIONS = NamedNode(KG + "mentions")
ASSERTION, CONSOLIDATED = NamedNode(KG + "Assertion"), NamedNode(KG + "Consolidated")
UNCONFIRMED, EVENT_STATUS = NamedNode(KG + "UnconfirmedEvent"), NamedNode(KG + "eventStatus")
DISPUTE, ABOUT, INCLUDES, STORY = (NamedNode(KG + name) for name in ("dispute", "about", "includes", "Story"))
LEFT_ASIDE = NamedNode(KG + "leftAside")
# The statuses whose assertions make a plain fact; the ontology says so with kg:supportsFact.
SUPPORTING = ("Asserted", "Reference", "Consolidated", "Reviewed")


def kg(name: str) -> NamedNode:
    """The term of the ontology of that name."""
    return NamedNode(KG + name)


def compact(iri: str) -> str:
    """An IRI with a known prefix ("kg:Bombing", "group:bla"), or unchanged."""
    best = max((space for space in PREFIXES.values() if iri.startswith(space)), key=len, default=None)
    if best is None or "#char=" in iri:
        return iri
    prefix = next(name for name, space in PREFIXES.items() if space == best)
    return f"{prefix}:{iri.removeprefix(best)}"


def expand(name: str) -> str:
    """The full IRI of a prefixed name with a known prefix; anything else comes back unchanged."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES and not local.startswith("//") else name
