import type {
  FunctionConfiguration,
  ListFunctionsCommandInput,
  ListFunctionsCommandOutput,
} from '@aws-sdk/client-lambda';
import { copy } from '../core/copy.ts';
import { operation } from '../core/operation.ts';
import { cutPage } from '../core/pages.ts';
import { invalid } from './errors.ts';
import type { FunctionStore } from './function-store.ts';

/** "ListFunctions returns a maximum of 50 items in each response, even if you set the number higher." */
const MOST_PER_PAGE = 50;

/** What GetFunction tells and ListFunctions does not (API reference, ListFunctions). */
const NOT_LISTED = [
  'State',
  'StateReason',
  'StateReasonCode',
  'LastUpdateStatus',
  'LastUpdateStatusReason',
  'LastUpdateStatusReasonCode',
  'RuntimeVersionConfig',
] as const satisfies readonly (keyof FunctionConfiguration)[];

export function listedConfiguration(configuration: FunctionConfiguration): FunctionConfiguration {
  const listed = copy(configuration);
  for (const field of NOT_LISTED) delete listed[field];
  return listed;
}

/** A replica of Lambda@Edge names its master's region in its MasterArn. */
function isReplicaOf(configuration: FunctionConfiguration, masterRegion: string): boolean {
  if (!configuration.MasterArn) return false;
  return masterRegion === 'ALL' || configuration.MasterArn.split(':')[3] === masterRegion;
}

export function listFunctions(store: FunctionStore) {
  return operation<ListFunctionsCommandInput, ListFunctionsCommandOutput>(
    ['MasterRegion', 'FunctionVersion', 'Marker', 'MaxItems'],
    (input) => {
      if (input.MasterRegion !== undefined && input.FunctionVersion !== 'ALL') {
        throw invalid('FunctionVersion must be set to ALL if MasterRegion is specified.');
      }
      const all =
        input.FunctionVersion === 'ALL'
          ? store.all().flatMap(({ configuration, versions }) => [configuration, ...versions])
          : store.all().map(({ configuration }) => configuration);
      const wanted =
        input.MasterRegion === undefined ? all : all.filter((entry) => isReplicaOf(entry, input.MasterRegion!));
      const size = Math.min(input.MaxItems ?? MOST_PER_PAGE, MOST_PER_PAGE);
      const page = cutPage(wanted, listKey, size, input.Marker);
      if (!page) throw invalid(`Invalid marker: ${input.Marker}`);
      return { Functions: page.items.map(listedConfiguration), NextMarker: page.next };
    },
  );
}

/** `$LATEST` sorts before the numbers, and version 10 after version 9. */
function listKey(configuration: FunctionConfiguration): string {
  const version = configuration.Version === '$LATEST' ? 0 : Number(configuration.Version);
  return `${configuration.FunctionName}\u0000${String(version).padStart(10, '0')}`;
}
