// Reads a GEXF file with graphology-gexf and prints what it found as JSON; the packages are looked up in the folder
// where this is run:  npm install graphology graphology-gexf && node graphology_check.mjs FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const { MultiDirectedGraph } = require("graphology");
const gexf = require("graphology-gexf/node");

const graph = gexf.parse(MultiDirectedGraph, readFileSync(process.argv[2], "utf8"), { respectInputGraphType: false });
const nodes = graph.mapNodes((id, attributes) => attributes);
const edges = graph.mapEdges((id, attributes) => attributes);
console.log(JSON.stringify({
  nodes: graph.order,
  edges: graph.size,
  placed: nodes.filter((node) => Number.isFinite(node.x) && Number.isFinite(node.y)).length,
  labelled: nodes.filter((node) => typeof node.label === "string" && node.label.length > 0).length,
  quoted: edges.filter((edge) => typeof edge.quote === "string").length,
  typed: nodes.filter((node) => "type" in node).length,
}));
