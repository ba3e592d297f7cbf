/** The brief's rows. */
export const COST_CATEGORIES = ['lambda', 'aiMl', 'storage', 'monitoring', 'other'] as const;
export type CostCategory = (typeof COST_CATEGORIES)[number];

/** Cost Explorer's names of services (dimension SERVICE), by the row they belong to; all others are `other`. */
const SERVICES: Readonly<Record<Exclude<CostCategory, 'other'>, RegExp>> = {
  lambda: /^AWS Lambda$/,
  aiMl: /Bedrock|SageMaker|Comprehend|Textract|Rekognition|Polly|Transcribe|Translate|Kendra|Amazon Q/,
  storage: /Simple Storage Service|DynamoDB|Elastic File System|Glacier|ElastiCache|Relational Database/,
  monitoring: /CloudWatch|X-Ray|CloudTrail/,
};

/** The row a service belongs to. Bedrock's models are services of their own, with "(Amazon Bedrock Edition)" behind. */
export function categoryOf(service: string): CostCategory {
  const found = Object.entries(SERVICES).find(([, pattern]) => pattern.test(service));
  return (found?.[0] as CostCategory | undefined) ?? 'other';
}
