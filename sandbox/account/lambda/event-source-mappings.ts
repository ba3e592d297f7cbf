import type {
  EventSourceMappingConfiguration,
  ListEventSourceMappingsCommandInput,
  ListEventSourceMappingsCommandOutput,
} from '@aws-sdk/client-lambda';
import { copy } from '../core/copy.ts';
import { operation } from '../core/operation.ts';
import { cutPage, sortByKey } from '../core/pages.ts';
import { invalid } from './errors.ts';
import { parseFunctionName } from './qualified-name.ts';

const MOST_PER_PAGE = 100;

/** Mappings are given by whoever sets the account up; creating them through the API is not implemented. */
export function listEventSourceMappings(mappings: readonly EventSourceMappingConfiguration[]) {
  return operation<ListEventSourceMappingsCommandInput, ListEventSourceMappingsCommandOutput>(
    ['EventSourceArn', 'FunctionName', 'Marker', 'MaxItems'],
    (input) => {
      const name = input.FunctionName === undefined ? undefined : parseFunctionName(input.FunctionName).name;
      const wanted = mappings.filter(
        (mapping) =>
          (name === undefined || parseFunctionName(mapping.FunctionArn).name === name) &&
          (input.EventSourceArn === undefined || mapping.EventSourceArn === input.EventSourceArn),
      );
      const sorted = sortByKey(wanted, (mapping) => mapping.UUID!);
      const size = Math.min(input.MaxItems ?? MOST_PER_PAGE, MOST_PER_PAGE);
      const page = cutPage(sorted, (mapping) => mapping.UUID!, size, input.Marker);
      if (!page) throw invalid(`Invalid marker: ${input.Marker}`);
      return { EventSourceMappings: copy(page.items), NextMarker: page.next };
    },
  );
}
