/** A synthesized CloudFormation template, as far as a deployment into the embedded account reads it. */
export interface Template {
  Resources: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown }>;
}

export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
  DependsOn?: string | string[];
}

/** What a deployed resource answers to Ref and Fn::GetAtt. */
export interface DeployedResource {
  ref: string;
  attributes: Record<string, string>;
}

export interface PseudoParameters {
  'AWS::Region': string;
  'AWS::AccountId': string;
  'AWS::Partition': string;
  'AWS::URLSuffix': string;
  'AWS::StackName': string;
  'AWS::StackId': string;
}

/** Resources of a type, by logical id. */
export function resourcesOfType(template: Template, type: string): [logicalId: string, resource: TemplateResource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}
