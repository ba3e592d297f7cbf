import type { Definition, SourceFile } from '../definition.ts';
import { spoken } from '../text/position.ts';
import type { WantedChange } from '../wanted-change.ts';
import { matchLogicalId } from './cdk-logical-id.ts';
import { hasText, isLiteral, type Match, matchName } from './name-pattern.ts';
import { usesOf } from './shared-use.ts';
import { isStackNamed, nearStack } from './stack-evidence.ts';

/** The one definition of a function; or why none is, with every place that may be meant. */
export type Located = Found | { refused: string };

export interface Found {
  definition: Definition;
  match: 'exact' | 'like';
}

/** So many places are named; who reads more than that should name a smaller directory. */
const PLACES_MAX = 10;

export function locate(
  change: WantedChange,
  definitions: readonly Definition[],
  files: readonly SourceFile[],
): Located {
  const matches = definitions.map((definition) => ({ definition, match: matchDefinition(definition, change) }));
  const exact = matches.filter(({ match }) => match === 'exact');
  const fitting = exact.length > 0 ? exact : matches.filter(({ match }) => match === 'like');
  const found = nearStack(fitting, change.stackName, files);
  const [only, ...others] = found.map(({ definition }) => definition);
  if (only === undefined) return { refused: notFound(change, definitions) };
  if (others.length > 0) return { refused: `${found.length} definitions fit: ${listed([only, ...others])}` };
  const shared = sharing(only, exact.length > 0, files);
  return shared === undefined
    ? { definition: only, match: exact.length > 0 && isProven(only, change, files) ? 'exact' : 'like' }
    : { refused: `${spoken(only.place)} defines it, but ${shared}` };
}

/** How well a definition fits. A name that is spelled out decides alone; one that contradicts rules it out. */
export function matchDefinition(definition: Definition, change: WantedChange): Match {
  const { name } = definition;
  const byName = name && matchName(name, change.functionName);
  if (name && hasText(name) && (isLiteral(name) || byName === undefined)) return byName;
  return matchId(definition, change) ?? byName;
}

function matchId({ logicalId, constructId, dialect, name }: Definition, change: WantedChange): Match {
  if (change.logicalId === undefined) return undefined;
  if (constructId) return isLiteral(constructId) ? matchLogicalId(constructId.join(''), change.logicalId) : undefined;
  if (logicalId !== change.logicalId) return undefined;
  // Two services may have a key in common; the stack is named after the service.
  const [service] = name ?? [];
  const fits = dialect !== 'serverless' || !service || !change.stackName || change.stackName.startsWith(service);
  return fits ? 'exact' : undefined;
}

/** A logical id is of its stack; where no source names that, the template of another one may have the same. */
const isProven = ({ name, dialect }: Definition, { stackName }: WantedChange, files: readonly SourceFile[]): boolean =>
  (name !== undefined && isLiteral(name)) ||
  stackName === undefined ||
  dialect === 'serverless' ||
  isStackNamed(stackName, files);

function sharing(definition: Definition, exact: boolean, files: readonly SourceFile[]): string | undefined {
  if (definition.repeatedBy && !exact) return `${definition.repeatedBy} makes several functions of it`;
  const uses = usesOf(definition, files);
  if (uses.length < 2 || (definition.name && isLiteral(definition.name))) return undefined;
  return `what it is in is used ${uses.length} times: ${uses.slice(0, PLACES_MAX).map(spoken).join(', ')}`;
}

function notFound({ logicalId }: WantedChange, definitions: readonly Definition[]): string {
  const dark = definitions.filter(({ name, constructId, dialect }) => {
    // Terraform makes no stack.
    if (dialect === 'terraform' && logicalId !== undefined) return false;
    const said = [name, constructId].filter((each) => each !== undefined);
    return said.length > 0 && said.every((each) => !hasText(each));
  });
  const sought = logicalId === undefined ? '' : ` (logical id ${logicalId})`;
  const maybe = dark.length === 0 ? '' : `; its name may be computed at ${listed(dark)}`;
  return `no definition of it was found${sought}${maybe}`;
}

function listed(definitions: readonly Definition[]): string {
  const more = definitions.length - PLACES_MAX;
  const named = definitions.slice(0, PLACES_MAX).map(({ place }) => spoken(place));
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
