# %% [markdown]
# # A first look at a graph
#
# Opens a workspace, asks it the saved questions, and draws what comes back: the events in time with their tolls, on a
# map, and as a network of groups, attacks and places. At the end, one fact is followed back to its sentence.
#
# Set `KG_WORKSPACE` to the folder of your own workspace. Without it, a temporary one is built of the sample reports.

# %%
import os
import tempfile
from itertools import product
from math import cos, radians
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

import kg
from kg.export.layout import layout
from kg.export.picture import draw
from kg.graph.reading import explain
from kg.graph.saved import saved_queries
from kg.workspace import Workspace

pd.set_option("display.max_colwidth", 60)
plt.rcParams.update({"figure.dpi": 110, "font.size": 10, "axes.spines.top": False, "axes.spines.right": False,
                     "axes.titlelocation": "left", "axes.titleweight": "bold", "axes.titlepad": 14})

# %%
folder = os.environ.get("KG_WORKSPACE")
if folder is None:
    folder = tempfile.mkdtemp(prefix="kg-first-look-")
    print(kg.build(folder, [str(kg.Settings().seeds / "reports")]))
graph = kg.open(folder)

# %% [markdown]
# ## Questions
#
# `kg query --list` shows them all; each is a SPARQL file with a title and parameters. Here they come as data frames.

# %%
QUESTIONS = saved_queries()


def ask(name: str, **parameters: str) -> pd.DataFrame:
    """A saved question as a data frame; numbers are numbers, what is unknown is missing."""
    answer = pd.DataFrame(QUESTIONS[name].run(graph, parameters).records())
    numbers = ["killedMin", "killedBest", "killedMax", "injuredMin", "injuredMax", "lat", "lon"]
    for column in answer.columns.intersection(numbers):
        answer[column] = pd.to_numeric(answer[column])
    return answer


events = ask("events").drop_duplicates("event")
events[["date", "type", "place", "country", "claimedBy", "accused", "killedMin", "killedBest", "killedMax",
        "sources"]].dropna(subset="date").head(12)

# %%
ask("claimed-attacks")[["name", "label", "quote"]]

# %%
ask("rival-tolls")[["label", "outcome", "side", "min", "max", "speaker", "quote"]].head(10)

# %% [markdown]
# ## One event in several reports
#
# Reports of one attack are one event here. Its tolls have a lowest, a best and a highest count; what each document says
# stays beside them, and where accounts exclude each other, the reason is told. Wrongly joined? `docs/reviews.md`.

# %%
several = events[pd.to_numeric(events["sources"]) > 1]
several[["date", "type", "place", "killedMin", "killedBest", "killedMax", "contested", "sources"]]

# %%
ask("disagreements-of-event")[["property", "together", "value", "source", "quote"]].head(10)

# %%
ask("contested-events")[["label", "aspect", "reason"]]

# %% [markdown]
# ## In time, with tolls
#
# A bar runs from the lowest to the highest count of people killed that the documents allow, attackers left out. An
# arrow stands for "at least". The colour says how it is known who did it, which is not the same as who did it.

# %%
BLUE, ORANGE, RED, GREY, GREEN = "#0072B2", "#E69F00", "#D55E00", "#8A8A8A", "#009E73"
ATTRIBUTION = {"claimed": RED, "named by others": ORANGE, "nobody named": GREY}


def attribution(row: pd.Series) -> str:
    if pd.notna(row["claimedBy"]):
        return "claimed"
    return "named by others" if pd.notna(row["accused"]) else "nobody named"


def place_of(row: pd.Series) -> str:
    first = row["place"].split(", ")[0] if pd.notna(row["place"]) else None
    country = row["country"] if pd.notna(row["country"]) else None
    return ", ".join(part for part in (first, country) if part)


events["attribution"] = events.apply(attribution, axis=1)
counted = events.dropna(subset="date").dropna(subset=["killedMin", "killedMax"], how="all")
counted = counted.assign(worst=counted[["killedMin", "killedMax"]].max(axis=1))
shown = counted.nlargest(24, "worst").sort_values("date", ascending=False).reset_index(drop=True)

# %%
figure, axes = plt.subplots(figsize=(9.5, 1.8 + 0.3 * max(len(shown), 4)), layout="constrained")
for row, event in shown.iterrows():
    colour = ATTRIBUTION[event["attribution"]]
    low = event["killedMin"] if pd.notna(event["killedMin"]) else 0
    high = event["killedMax"] if pd.notna(event["killedMax"]) else None
    axes.plot([low, high or low], [row, row], color=colour, linewidth=4, marker="o", markersize=7)
    words = f"{low:g}" if high == low else f"{low:g}–{high:g}" if high else f"{low:g} or more"
    if high is None:
        arrow = {"arrowstyle": "->", "color": colour, "lw": 2}
        axes.annotate("", (low * 1.35 + 1, row), (low, row), arrowprops=arrow)
    axes.annotate(words, ((high or low * 1.35 + 1), row), (9, 0), textcoords="offset points", va="center", fontsize=9)
axes.set_yticks(range(len(shown)), [
    "   ".join(part for part in (event["date"].replace("/", " to "), event["type"], place_of(event)) if part)
    for _, event in shown.iterrows()])
axes.set_xscale("symlog", linthresh=10, linscale=0.6)
axes.set_xlim(0, max(shown["worst"].max() * 2.2, 20))
ticks = [tick for tick in (0, 5, 10, 20, 50, 100, 200, 500, 1000, 5000) if tick <= axes.get_xlim()[1]]
axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
axes.minorticks_off()
axes.grid(axis="x", color="#E4E4E4")
axes.set_axisbelow(True)
axes.tick_params(axis="y", length=0)
axes.spines["left"].set_visible(False)
axes.set_xlabel("people killed as reported (attackers left out; the scale is compressed above 10)")
figure.suptitle(f"The {len(shown)} deadliest of {len(counted)} dated events with a count of people killed",
                x=0.01, ha="left", weight="bold", size=12)
figure.legend([Line2D([], [], color=c, linewidth=4, marker="o") for c in ATTRIBUTION.values()], ATTRIBUTION,
              frameon=False, ncols=3, loc="outside lower center", fontsize=9)
plt.show()

# %% [markdown]
# ## On the map
#
# Each event lies at its nearest place with coordinates. A filled disc is a town; a ring is the middle of a district,
# province or country, and the event was somewhere around it. There are no outlines of countries, since none can be had
# offline; the degrees are true.

# %%
points = ask("map-points").drop_duplicates("event").merge(events[["event", "killedMax", "attribution"]], on="event")
points["exact"] = points["level"] == "locality"
AROUND = ((1, 0, "left", "center"), (-1, 0, "right", "center"), (0, 1, "center", "bottom"), (0, -1, "center", "top"),
          (0.8, 0.8, "left", "bottom"), (0.8, -0.8, "left", "top"), (-0.8, 0.8, "right", "bottom"),
          (-0.8, -0.8, "right", "top"))


def area(killed: float) -> float:
    """The area of a disc, in square points."""
    return 26 + 1.5 * (0 if pd.isna(killed) else killed)


def place_labels(axes: plt.Axes, labels: list[tuple[float, float, str, float]], obstacles: tuple = (),
                 distances: tuple[int, ...] = (0,), **style: object) -> int:
    """Write labels (x, y, words, area of the mark) beside their marks, first come first served.

    Obstacles are further points not to be written over. Returns how many labels found no room.
    """
    axes.figure.canvas.draw()
    renderer, pixels, left_out = axes.figure.canvas.get_renderer(), axes.figure.dpi / 72, 0
    frame, taken = axes.get_window_extent(renderer), []
    for x, y, size in [(x, y, size) for x, y, _, size in labels] + [(x, y, 4) for x, y in obstacles]:
        (right, up), half = axes.transData.transform((x, y)), size**0.5 / 2 * pixels
        taken.append(Bbox.from_bounds(right - half, up - half, 2 * half, 2 * half))
    for x, y, words, size in labels:
        for further, (right, up, side, height) in product(distances, AROUND):
            away = size**0.5 / 2 + 3 + further
            text = axes.annotate(words, (x, y), (right * away, up * away), textcoords="offset points", ha=side,
                                 va=height, **style)
            box = text.get_window_extent(renderer)
            if frame.contains(*box.min) and frame.contains(*box.max) and not any(box.overlaps(b) for b in taken):
                taken.append(box)
                break
            text.remove()
        else:
            left_out += 1
    return left_out


# %%
figure, axes = plt.subplots(figsize=(11, 6), layout="constrained")
for _, point in points.sort_values("killedMax", ascending=False, na_position="last").iterrows():
    colour = ATTRIBUTION[point["attribution"]]
    axes.scatter(point["lon"], point["lat"], s=area(point["killedMax"]), zorder=3, linewidth=1.6, edgecolor=colour,
                 facecolor=colour if point["exact"] else "none", alpha=0.7)
wide, high = (max(points[c].max() - points[c].min(), 2.0) for c in ("lon", "lat"))
axes.set_xlim(max(points["lon"].min() - wide * 0.06, -180), min(points["lon"].max() + wide * 0.1, 180))
axes.set_ylim(max(points["lat"].min() - high * 0.12, -90), min(points["lat"].max() + high * 0.12, 90))
axes.set_aspect(1 / cos(radians(sum(axes.get_ylim()) / 2)), adjustable="datalim")
axes.set_facecolor("#F1F4F7")
axes.grid(color="white", linewidth=1.2)
axes.xaxis.set_major_formatter(lambda v, _: f"{abs(v):g}°{'E' if v > 0 else 'W' if v < 0 else ''}")
axes.yaxis.set_major_formatter(lambda v, _: f"{abs(v):g}°{'N' if v > 0 else 'S' if v < 0 else ''}")
axes.set_title(f"Where {len(points)} of {len(events)} events took place")
handles = [Line2D([], [], marker="o", linestyle="", color=c, label=name) for name, c in ATTRIBUTION.items()]
handles += [Line2D([], [], marker="o", linestyle="", color="black", markerfacecolor="none", label="somewhere around")]
handles += [Line2D([], [], marker="o", linestyle="", color="#C4C4C4", markersize=area(killed)**0.5,
                   label=f"{killed} killed") for killed in (10, 100)]
named = points.sort_values("killedMax", ascending=False, na_position="last").drop_duplicates("placeName")
labels = [(point["lon"], point["lat"], point["placeName"], area(point["killedMax"])) for _, point in named.iterrows()]
figure.legend(handles=handles, frameon=False, ncols=6, loc="outside lower center", fontsize=9)
left_out = place_labels(axes, labels, fontsize=8.5)
print(f"{left_out} of {len(labels)} names are left out for want of room.")
plt.show()

# %% [markdown]
# ## Groups, attacks and places
#
# The same nodes and edges that `kg export graph.gexf` writes for Gephi, cut down to named groups, the events they are
# tied to, and where these took place. A claim, an accusation and a denial are different lines.

# %%
TIES = {"kg:claims": ("claims", RED), "kg:accusedOf": ("accused of", ORANGE),
        "kg:suspectedOf": ("suspected of", "#CC79A7"),
        "kg:denies": ("denies", BLUE), "kg:locatedIn": ("located in", "#BFBFBF")}
picture = draw(graph)
nodes = {node.id: node for node in picture.nodes}
kind = {node.id: node.attributes["entity_type"] for node in picture.nodes}
groups = {name for name in nodes if kind[name] == "group" and not nodes[name].label.islower()}
ties = [edge for edge in picture.edges if edge.kind in TIES and edge.source in groups and kind[edge.target] == "event"]
attacks = {edge.target for edge in ties}
ties += [edge for edge in picture.edges if edge.kind == "kg:locatedIn" and edge.source in attacks]
members = {end for edge in ties for end in (edge.source, edge.target)}
position = layout(members, ((edge.source, edge.target) for edge in ties))

# %%
figure, axes = plt.subplots(figsize=(12, 8), layout="constrained")
for edge in ties:
    axes.annotate("", position[edge.target], position[edge.source], arrowprops={
        "arrowstyle": "-|>", "color": TIES[edge.kind][1], "lw": 1.8, "shrinkA": 6, "shrinkB": 6})
LOOKS = {"group": ("s", BLUE, 90), "event": ("o", "#333333", 60),
         "place": ("^", GREEN, 70), "facility": ("^", GREEN, 70)}
for name in sorted(members):
    marker, colour, size = LOOKS.get(kind[name], ("o", GREY, 50))
    axes.scatter(*position[name], marker=marker, color=colour, s=size, zorder=3)
axes.margins(0.1)
axes.set_aspect("equal", adjustable="datalim")
axes.axis("off")
axes.set_title("Named groups, the attacks they are tied to, and where these took place", loc="left")
handles = [Line2D([], [], marker=m, linestyle="", color=c, markersize=8, label=name)
           for name, (m, c, _) in LOOKS.items() if name != "facility"]
handles += [Line2D([], [], color=colour, linewidth=2, label=words) for key, (words, colour) in TIES.items()
            if any(edge.kind == key for edge in ties)]
figure.legend(handles=handles, frameon=False, ncols=8, loc="outside lower center", fontsize=9)


def caption(name: str) -> str:
    node = nodes[name]
    if kind[name] != "event":
        return node.label
    return "\n".join(str(node.attributes[column]) for column in ("event_type", "date") if column in node.attributes)


order = sorted(members, key=lambda name: ("group", "place", "facility", "event").index(kind[name])
               if kind[name] in LOOKS else 9)
along = [tuple(a + (b - a) * part / 8 for a, b in zip(position[edge.source], position[edge.target], strict=True))
         for edge in ties for part in range(1, 8)]
hubs = {name for name in groups if sum(name == edge.source for edge in ties) > 4}
captions = [(*position[name], caption(name), 90) for name in order if name not in hubs]
white = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.6}
place_labels(axes, [(*position[name], caption(name), 90) for name in sorted(hubs)], fontsize=8.5, bbox=white)
place_labels(axes, captions, tuple(along), distances=(0, 7), fontsize=8.5)
plt.show()

# %% [markdown]
# ## From a fact to its sentence
#
# Every fact has assertions behind it, and every assertion points at the words it rests on. The offsets count from the
# start of the document's text, so the sentence can be checked where it stands.

# %%
claim = next((edge for edge in ties if edge.kind == "kg:claims"), ties[0] if ties else None)
if claim is not None:
    print(nodes[claim.source].label, "—", claim.label, "—", nodes[claim.target].label)
    for support in explain(graph, (claim.source, claim.kind, claim.target)):
        print(f"\n{support.status}; rule {support.rule}; confidence {support.confidence}; said by {support.speaker}")
        for words in support.evidence:
            print(f"  {words.source}, characters {words.start} to {words.end}:\n  “{words.quote}”")

# %%
if claim is not None:
    with Workspace.open(Path(folder)) as workspace:
        (document,) = workspace.find(str(claim.attributes["source"]).split("; ")[0])[:1]
    start, end = int(claim.attributes["start_offset"]), int(claim.attributes["end_offset"])
    print(document.title or document.source, document.published or "", sep=", ")
    print(f"… {document.text[max(0, start - 120):start]}⟦{document.text[start:end]}⟧{document.text[end:end + 120]} …")

# %%
graph.close()
