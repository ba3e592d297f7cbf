import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';
import type { NamePattern, SourceFile } from '../definition.ts';
import { UnreadableSourceError } from './unreadable-source-error.ts';

const GRAMMAR_PACKAGE = '@tree-sitter-grammars/tree-sitter-hcl';
const GRAMMAR = `${GRAMMAR_PACKAGE}/tree-sitter-terraform.wasm`;

let parser: Promise<Parser> | undefined;

async function loadParser(): Promise<Parser> {
  await Parser.init();
  const loaded = new Parser();
  // Read here, because the library reads a path by a dynamic import, which test runners refuse.
  return loaded.setLanguage(await Language.load(await readFile(createRequire(import.meta.url).resolve(GRAMMAR))));
}

/** The grammar is an optional dependency: where its native binding cannot be built, npm leaves it out, and goes on. */
function refuseWithoutGrammar(file: SourceFile, error: NodeJS.ErrnoException): never {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  throw new UnreadableSourceError({ file: file.path, line: 1 }, `Terraform needs the package ${GRAMMAR_PACKAGE}`);
}

/** Hands the file's blocks to `read`; its nodes end with the call. */
export async function withBlocks<Found>(file: SourceFile, read: (blocks: Node[]) => Found): Promise<Found> {
  parser ??= loadParser();
  const tree = (await parser.catch((error) => refuseWithoutGrammar(file, error))).parse(file.text);
  try {
    return read(
      childrenOf(
        tree?.rootNode.namedChildren.find((node) => node?.type === 'body'),
        'block',
      ),
    );
  } finally {
    tree?.delete();
  }
}

/** What a block is, and its first label: `resource` and `aws_lambda_function`. */
export const headOf = (block: Node): (string | undefined)[] =>
  block.namedChildren.map((node) => node?.text.replaceAll('"', ''));

/** A block's own attributes by their names. */
export const attributesOf = (block: Node): Map<string, Node> =>
  new Map(childrenOf(childrenOf(block, 'body')[0], 'attribute').map((node) => [node.namedChildren[0]!.text, node]));

/** Children of one kind. */
export const childrenOf = (node: Node | null | undefined, type: string): Node[] =>
  (node?.namedChildren ?? []).filter((each) => each?.type === type) as Node[];

/** Absent where the attribute does not parse. */
export const expressionOf = (attribute: Node): Node | undefined => childrenOf(attribute, 'expression')[0];

/** `"orders-${var.stage}"` as its literal parts; whatever is no text in quotes is known to a plan only. */
export function nameOf(expression: Node | undefined): NamePattern {
  const inner = expression?.namedChildren[0];
  const [text] = inner?.type === 'template_expr' ? inner.namedChildren : (inner?.namedChildren ?? []);
  if (text?.type !== 'quoted_template' && text?.type !== 'string_lit') return [null];
  const parts = text.namedChildren.filter((each) => !/_(start|end)$/.test(each?.type ?? ''));
  return parts.map((each) => (each?.type === 'template_literal' ? each.text : null));
}
