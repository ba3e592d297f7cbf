import type {
  FunctionConfiguration,
  ListVersionsByFunctionCommandInput,
  ListVersionsByFunctionCommandOutput,
  PublishVersionCommandInput,
  PublishVersionCommandOutput,
} from '@aws-sdk/client-lambda';
import { operation } from '../core/operation.ts';
import { cutPage } from '../core/pages.ts';
import { invalid, staleRevision } from './errors.ts';
import { copyConfiguration, type FunctionRecord } from './function-record.ts';
import type { FunctionStore } from './function-store.ts';
import { listedConfiguration } from './list-functions.ts';
import { parseFunctionName } from './qualified-name.ts';
import { checkIdle } from './update-configuration.ts';

const MOST_PER_PAGE = 50;

/** A frozen copy of `$LATEST` under the next number; the last one again if nothing changed since. */
export function publish(record: FunctionRecord, description?: string): FunctionConfiguration {
  const last = record.versions.at(-1);
  const latest = record.configuration;
  const isUnchanged = last?.ConfigSha256 === latest.ConfigSha256 && last?.CodeSha256 === latest.CodeSha256;
  if (last && isUnchanged) return last;
  const number = String(Number(last?.Version ?? 0) + 1);
  const version: FunctionConfiguration = {
    ...copyConfiguration(latest),
    Version: number,
    FunctionArn: `${record.arn}:${number}`,
    ...(description === undefined ? {} : { Description: description }),
  };
  record.versions.push(version);
  return version;
}

export function publishVersion(store: FunctionStore) {
  return operation<PublishVersionCommandInput, PublishVersionCommandOutput>(
    ['FunctionName', 'CodeSha256', 'Description', 'RevisionId'],
    (input) => {
      const record = store.get(parseFunctionName(input.FunctionName).name);
      checkIdle(record);
      const { RevisionId, CodeSha256 } = record.configuration;
      if (input.RevisionId !== undefined && input.RevisionId !== RevisionId) throw staleRevision();
      if (input.CodeSha256 !== undefined && input.CodeSha256 !== CodeSha256) {
        throw invalid(
          `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${CodeSha256}).`,
        );
      }
      return copyConfiguration(publish(record, input.Description));
    },
  );
}

export function listVersionsByFunction(store: FunctionStore) {
  return operation<ListVersionsByFunctionCommandInput, ListVersionsByFunctionCommandOutput>(
    ['FunctionName', 'Marker', 'MaxItems'],
    (input) => {
      const record = store.get(parseFunctionName(input.FunctionName).name);
      const all = [{ ...record.configuration, FunctionArn: `${record.arn}:$LATEST` }, ...record.versions];
      const order = (entry: FunctionConfiguration) =>
        (entry.Version === '$LATEST' ? '0' : entry.Version!).padStart(10, '0');
      const page = cutPage(all, order, Math.min(input.MaxItems ?? MOST_PER_PAGE, MOST_PER_PAGE), input.Marker);
      if (!page) throw invalid(`Invalid marker: ${input.Marker}`);
      return { Versions: page.items.map(listedConfiguration), NextMarker: page.next };
    },
  );
}
