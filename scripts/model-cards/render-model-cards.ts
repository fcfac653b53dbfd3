import { ModelUseError } from '@diffir/core';
import type { PublishedCheckpoint, ZooModel } from '@diffir/models';

const MEBIBYTE = 2 ** 20;

/** The page of model cards, from the manifest of the zoo. */
export function renderModelCards(
  models: readonly ZooModel[],
  published: readonly PublishedCheckpoint[],
): string {
  return `# Models

<!-- Written by scripts/write-model-cards.ts from packages/models/src/zoo/manifest.ts; change that. -->

Models with a name are used with \`--model <name>\`; \`diffir models\` lists them, also as JSON. Those that do not
ship are downloaded when they are first used, checked against their SHA-256, and kept in the folder that
\`DIFFIR_CACHE\` names, else in \`diffir\` in \`XDG_CACHE_HOME\`, else in \`~/.cache/diffir\`. A download that breaks
off goes on where it stopped. Any address may be given as the model; \`#sha256=<64 digits>\` behind it has its
content checked.

${models.map(modelCard).join('\n')}
## Checkpoints of the paper's authors

These come from where their authors put them, under their authors' terms; nothing of them is here. Give the file
with \`--model <file>\`. \`diffir inspect\` names the preset that a file has the options of; presets of the same
options differ in their training only. The scores are the paper's: they have not been measured here, and the
protocol named beside them is what \`diffir eval --protocol\` measures them with.

${published.map(publishedCard).join('\n')}`;
}

function modelCard(model: ZooModel): string {
  const { name, task, scale, description, location, bytes, sha256, licence, trainingData } = model;
  const where =
    'file' in location
      ? `ships as \`packages/models/weights/${location.file}\` ([its card](../packages/models/weights/${name}.md))`
      : `downloaded from ${location.url}`;
  const facts = [
    ['task', `\`${task}\`, ×${scale}`],
    ['file', `${where}, ${(bytes / MEBIBYTE).toFixed(1)} MiB`],
    ['SHA-256', `\`${sha256}\``],
    ['training data', trainingData],
    ['licence', licence],
  ];
  return `## ${name}

${capitalized(description)}.

${table(['', ''], facts)}

${scoresOf(model)}
`;
}

/** What a model scores, and the commands that measure it. */
function scoresOf({ scores }: ZooModel): string {
  const metrics = [...new Set(scores.flatMap((score) => Object.keys(score.scores)))];
  const rows = scores.map((score) => [
    score.set,
    String(score.images),
    ...metrics.map((metric) => `${score.scores[metric] ?? '–'} (input ${score.input[metric] ?? '–'})`),
  ]);
  const commands = scores.map(({ command }) => `    ${command}`);
  return `${table(['test images', 'number', ...metrics], rows)}

Means, measured with these commands; \`<data>\` is the folder with the test images:

${commands.join('\n')}`;
}

const [SCORES, END] = ['<!-- scores: written by scripts/write-model-cards.ts -->', '<!-- end of scores -->'];

/** The card that lies beside a model's weights, with its scores as they are in the manifest. */
export function withScores(card: string, model: ZooModel): string {
  const [start, end] = [card.indexOf(SCORES), card.indexOf(END)];
  if (start < 0 || end < start) {
    throw new ModelUseError({
      subject: model.name,
      problem: `its card has no place for scores: ${SCORES} … ${END}`,
    });
  }
  return `${card.slice(0, start)}${SCORES}\n\n${scoresOf(model)}\n\n${card.slice(end)}`;
}

function publishedCard({
  title,
  preset,
  task,
  scale,
  published,
  licence,
  trainingData,
  paper,
}: PublishedCheckpoint) {
  const facts = [
    ['preset', `\`${preset}\``],
    ['task', `\`${task}\`, ×${scale}`],
    ['published at', published],
    ['training data', trainingData],
    ['licence', licence],
    ...paper.map(({ set, scores, protocol }) => [
      set,
      `${Object.entries(scores)
        .map(([metric, value]) => `${metric} ${value}`)
        .join(', ')} (\`${protocol}\`)`,
    ]),
  ];
  return `### ${capitalized(title)}

${table(['', ''], facts)}
`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
