import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { invalid, notFound } from './errors.ts';
import type { FunctionRecord } from './function-record.ts';
import type { FunctionStore } from './function-store.ts';

/** A function as callers name it: bare, partial ARN or full ARN, with or without a qualifier. */
export interface QualifiedName {
  readonly name: string;
  readonly qualifier: string | undefined;
}

const NAME = /^(?:(?:arn:aws[\w-]*:lambda:[\w-]+:)?(?:\d{12}:)?function:)?([\w.-]+)(?::([\w$.-]+))?$/;

export function parseFunctionName(text: string | undefined, qualifier?: string): QualifiedName {
  const match = NAME.exec(text ?? '');
  if (!match)
    throw invalid(`1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint`);
  const [, name, own] = match;
  if (own !== undefined && qualifier !== undefined && own !== qualifier) {
    throw invalid('The derived qualifier from the function name does not match the specified qualifier.');
  }
  return { name: name!, qualifier: own ?? qualifier };
}

/** The record and the configuration that the qualifier leads to. */
export function resolveFunction(
  store: FunctionStore,
  text: string | undefined,
  qualifier?: string,
): { record: FunctionRecord; configuration: FunctionConfiguration; qualifier: string | undefined } {
  const parsed = parseFunctionName(text, qualifier);
  const record = store.get(parsed.name);
  return { record, configuration: configurationFor(record, parsed.qualifier), qualifier: parsed.qualifier };
}

export function configurationFor(record: FunctionRecord, qualifier: string | undefined): FunctionConfiguration {
  if (qualifier === undefined || qualifier === '$LATEST') return record.configuration;
  const version = record.aliases.get(qualifier)?.FunctionVersion ?? qualifier;
  if (version === '$LATEST') return record.configuration;
  const found = record.versions.find((candidate) => candidate.Version === version);
  if (!found) throw notFound(`Function not found: ${record.arn}:${qualifier}`);
  return found;
}
