import type { DeployedResource, PseudoParameters } from './template.ts';

/** Resources deployed so far, by logical id. */
export type Deployed = ReadonlyMap<string, DeployedResource>;

/**
 * Replaces CloudFormation's intrinsic functions by values, given what is deployed so far. Only those that the
 * synthesized templates use are known; any other, or a reference to something not deployed, is an error.
 */
export function resolveIntrinsics(value: unknown, deployed: Deployed, pseudo: PseudoParameters): unknown {
  const resolve = (inner: unknown): unknown => resolveIntrinsics(inner, deployed, pseudo);
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length > 0 || (name !== 'Ref' && !name.startsWith('Fn::'))) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
  }
  return intrinsic(name, argument, { resolve, deployed, pseudo });
}

interface Scope {
  resolve(value: unknown): unknown;
  deployed: Deployed;
  pseudo: PseudoParameters;
}

function intrinsic(name: string, argument: unknown, scope: Scope): unknown {
  switch (name) {
    case 'Ref':
      return reference(String(argument), scope);
    case 'Fn::GetAtt':
      return attribute(argument as [string, string], scope);
    case 'Fn::Join':
      return join(scope.resolve(argument) as [string, unknown[]]);
    case 'Fn::Select':
      return select(scope.resolve(argument) as [number | string, unknown[]]);
    case 'Fn::Split':
      return split(scope.resolve(argument) as [string, string]);
    case 'Fn::Sub':
      return substitute(argument, scope);
    default:
      throw new Error(`the embedded deployment does not know ${name}`);
  }
}

function reference(logicalId: string, { deployed, pseudo }: Scope): string {
  const known = pseudo[logicalId as keyof PseudoParameters] ?? deployed.get(logicalId)?.ref;
  if (known === undefined) throw new Error(`Ref to ${logicalId}, which is not deployed`);
  return known;
}

function attribute([logicalId, name]: [string, string], { deployed }: Scope): string {
  const value = deployed.get(logicalId)?.attributes[name];
  if (value === undefined) throw new Error(`Fn::GetAtt of ${logicalId}.${name}, which is not deployed`);
  return value;
}

const join = ([separator, parts]: [string, unknown[]]): string => parts.map(String).join(separator);
const select = ([index, values]: [number | string, unknown[]]): unknown => values[Number(index)];
const split = ([separator, text]: [string, string]): string[] => text.split(separator);

function substitute(argument: unknown, scope: Scope): string {
  const [text, variables] = Array.isArray(argument)
    ? (argument as [string, Record<string, unknown>])
    : [String(argument), {}];
  return text.replace(/\$\{([^}!]+)\}/g, (_, name: string) => {
    if (name in variables) return String(scope.resolve(variables[name]));
    const [logicalId = '', attributeName] = name.split('.');
    return attributeName === undefined ? reference(logicalId, scope) : attribute([logicalId, attributeName], scope);
  });
}
