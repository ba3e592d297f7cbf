/** As much of a synthesized CloudFormation template as the guide reads. */
export interface Template {
  Resources: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties are as many as CloudFormation's types
  Properties?: any;
}

export const resourcesOf = ({ Resources }: Template, type: string): TemplateResource[] =>
  Object.values(Resources).filter(({ Type }) => Type === type);
