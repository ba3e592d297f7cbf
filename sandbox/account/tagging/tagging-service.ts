import {
  type GetResourcesCommandInput,
  type GetResourcesCommandOutput,
  InvalidParameterException,
  PaginationTokenExpiredException,
  type TagFilter,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { type Operation, operation, type Service } from '../core/operation.ts';
import { cutMatchingPage } from '../core/pages.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';
import type { FunctionStore } from '../lambda/function-store.ts';

const MOST_PER_PAGE = 100;

/** A resource as its service keeps it, as far as tags go. */
export interface TaggedResource {
  readonly name: string;
  readonly arn: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** Resource Groups Tagging API over the account's functions and tables: resources that have or had tags. */
export class TaggingService implements Service {
  readonly name = 'ResourceGroupsTaggingAPI';
  readonly operations: Readonly<Record<string, Operation>>;

  constructor(functions: FunctionStore, taggedTables: () => TaggedResource[] = () => []) {
    this.operations = {
      GetResources: operation<GetResourcesCommandInput, GetResourcesCommandOutput>(
        ['PaginationToken', 'TagFilters', 'ResourcesPerPage', 'ResourceTypeFilters'],
        (input) => {
          checkTypes(input.ResourceTypeFilters);
          const size = input.ResourcesPerPage ?? 50;
          if (size < 1 || size > MOST_PER_PAGE)
            throw invalid(`ResourcesPerPage must be between 1 and ${MOST_PER_PAGE}`);
          const ofType: readonly TaggedResource[] =
            input.ResourceTypeFilters?.[0] === 'dynamodb:table' ? taggedTables() : functions.all();
          const page = cutMatchingPage(ofType, (record) => record.name, {
            ...{ size, token: input.PaginationToken || undefined },
            isWanted: (record) => record.tags.size > 0 && matches(record, input.TagFilters ?? []),
          });
          if (!page)
            throw new PaginationTokenExpiredException({
              message: 'PaginationToken is not valid',
              $metadata: { httpStatusCode: 400 },
            });
          return {
            // The last page carries an empty token, not none.
            PaginationToken: page.next ?? '',
            ResourceTagMappingList: page.items.map((record) => ({
              ResourceARN: record.arn,
              Tags: [...record.tags].map(([Key, Value]) => ({ Key, Value })),
            })),
          };
        },
      ),
    };
  }
}

function checkTypes(types: readonly string[] | undefined): void {
  const isKept = types?.length === 1 && ['lambda:function', 'lambda', 'dynamodb:table'].includes(types[0]!);
  if (!isKept)
    throw new UnsupportedByAccountError(
      `GetResources for ${types?.join(', ') ?? 'all resource types'}: only lambda:function and dynamodb:table are kept`,
    );
}

function matches(record: TaggedResource, filters: readonly TagFilter[]): boolean {
  return filters.every(({ Key, Values }) => {
    const value = record.tags.get(Key!);
    return value !== undefined && (!Values || Values.length === 0 || Values.includes(value));
  });
}

function invalid(message: string): Error {
  return new InvalidParameterException({ message, $metadata: { httpStatusCode: 400 } });
}
