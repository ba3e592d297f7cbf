import type { SyntaxNode, Tree } from '@lezer/common';
import type { SourceFile } from '../definition.ts';

/** A node of a parsed program, with the text that it stands for. */
export interface Syntax {
  node: SyntaxNode;
  file: SourceFile;
}

const COMMENTS = ['LineComment', 'BlockComment', 'Comment'];

/** Children in order, comments left out. */
export function childrenOf({ node, file }: Syntax): Syntax[] {
  const children: Syntax[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!COMMENTS.includes(child.name)) children.push({ node: child, file });
  }
  return children;
}

export const textOf = ({ node, file }: Syntax): string => file.text.slice(node.from, node.to);

export const isA = (syntax: Syntax | undefined, ...names: string[]): boolean =>
  syntax !== undefined && names.includes(syntax.node.name);

/** Every node of one of these kinds, outermost first. */
export function findAll(tree: Tree, file: SourceFile, name: string): Syntax[] {
  const found: Syntax[] = [];
  tree.iterate({
    enter: (each) => {
      if (each.name === name) found.push({ node: each.node, file });
    },
  });
  return found;
}

/** The name of the class that something stands in. */
export function enclosingClass({ node, file }: Syntax): string | undefined {
  for (let each = node.parent; each !== null; each = each.parent) {
    if (!['ClassDeclaration', 'ClassDefinition'].includes(each.name)) continue;
    const name = each.getChild('VariableDefinition') ?? each.getChild('VariableName');
    return name === null ? undefined : file.text.slice(name.from, name.to);
  }
  return undefined;
}

/** The last part of what is called: `Function` of `lambda.Function`. */
export const lastName = (callee: Syntax): string =>
  textOf(callee)
    .replace(/<[\s\S]*$/, '')
    .split('.')
    .at(-1)!
    .trim();
