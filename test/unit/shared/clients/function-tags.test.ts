import { createFunctionTags } from '../../../../shared/clients/tagging/function-tags.ts';
import { awsError, fakeAws } from './fake-aws.ts';

let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

const mapping = (arn: string, tags: Record<string, string>) => ({
  ResourceARN: arn,
  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});

describe('createFunctionTags', () => {
  it('reads the tags of all functions, page by page', async () => {
    aws = fakeAws({
      GetResources: ({ PaginationToken }) =>
        PaginationToken === undefined
          ? { PaginationToken: 'more', ResourceTagMappingList: [mapping('arn:a', { team: 'x' })] }
          : { PaginationToken: '', ResourceTagMappingList: [mapping('arn:b', {})] },
    });
    const tags = await createFunctionTags().listFunctionTags();
    expect([...tags]).toEqual([
      ['arn:a', { team: 'x' }],
      ['arn:b', {}],
    ]);
    expect(aws.calls).toHaveLength(2);
    expect(aws.calls[0]!.input).toMatchObject({ ResourceTypeFilters: ['lambda:function'], ResourcesPerPage: 100 });
  });

  it('fails when denied, since an opt-out tag could not be seen', async () => {
    aws = fakeAws({
      GetResources: () => {
        throw awsError('AccessDeniedException', 'client', 403);
      },
    });
    const reading = createFunctionTags().listFunctionTags();
    await expect(reading).rejects.toMatchObject({
      name: 'InvalidConfiguration',
      message: expect.stringContaining('tag:GetResources'),
    });
  });

  it('fails as transient when a page token expired on the way', async () => {
    aws = fakeAws({
      GetResources: () => {
        throw awsError('PaginationTokenExpiredException');
      },
    });
    await expect(createFunctionTags().listFunctionTags()).rejects.toMatchObject({ name: 'TransientFailure' });
  });
});
