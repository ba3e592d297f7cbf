import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { callAws, listOf } from '../aws-call.ts';
import { createClient } from '../sdk.ts';
import type { TagsByArn } from './function-tags.ts';

/** Tags of every tagged table at once, instead of one ListTagsOfResource per table. */
export interface TableTags {
  /** By table ARN; a table without tags is missing. */
  listTableTags(): Promise<TagsByArn>;
}

/** The API's largest page. */
const PAGE_SIZE = 100;

export function createTableTags(): TableTags {
  const client = createClient(ResourceGroupsTaggingAPIClient);
  return {
    listTableTags: () =>
      callAws('tag:GetResources', async () => {
        const tags = new Map<string, Record<string, string>>();
        const pages = paginateGetResources(
          { client },
          { ResourceTypeFilters: ['dynamodb:table'], ResourcesPerPage: PAGE_SIZE },
        );
        for await (const page of pages) {
          for (const { ResourceARN = '', Tags = [] } of listOf('tag:GetResources', page.ResourceTagMappingList)) {
            tags.set(ResourceARN, Object.fromEntries(Tags.map(({ Key, Value }) => [Key ?? '', Value ?? ''])));
          }
        }
        return tags;
      }),
  };
}
