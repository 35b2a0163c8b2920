import { App, CloudFormationValidatePlugin } from 'aws-cdk-lib';
import type { Layer } from './subject';
import { withTemplateFile } from './template-file';

/** The validator that is part of the CDK, with AWS's schemas of every resource; an error of it stops a synthesis. */
export function validatorLayer(): Layer {
  const validator = new CloudFormationValidatePlugin();
  // It reads templates only, and is handed the app like every other plugin.
  const appConstruct = new App({ analyticsReporting: false });
  return {
    name: 'validator',
    findings: async ({ template, stackName }) =>
      withTemplateFile(template, (templatePath) => {
        const stackTemplates = [
          { stackConstructPath: stackName, templatePath, accountId: undefined, region: undefined },
        ];
        const { violations } = validator.validate({ templatePaths: [templatePath], stackTemplates, appConstruct });
        return violations
          .filter(({ severity }) => severity === 'error' || severity === 'fatal')
          .map(({ ruleName, description, violatingResources }) => ({
            rule: ruleName,
            message: `${violatingResources.map(({ resourceLogicalId: id }) => id ?? stackName).join(', ')}: ${description}`,
          }));
      }),
  };
}
