import type { Degradation } from '@diffir/core';
import { OptionError, type TaskDefinition, UnknownIdError } from '@diffir/core';
import type { DegradeFlags } from './command';

/**
 * The recipe that is asked for, or the task's first.
 * @throws UnknownIdError for a recipe the task does not have
 * @throws OptionError where an option is missing that the recipe needs, or given that it has no use for
 */
export function chooseRecipe(task: TaskDefinition, flags: DegradeFlags): Degradation {
  const recipes = task.degradations ?? [];
  const [first] = recipes;
  if (first === undefined) {
    throw new OptionError({ subject: `task ${task.id}`, problem: 'no recipe makes examples for it' });
  }
  const wanted = flags.recipe ?? first.id;
  const recipe = recipes.find(({ id }) => id === wanted);
  if (recipe === undefined) throw new UnknownIdError('recipe', wanted, recipes.map(idOf));
  assertUse('--scale', flags.scale !== undefined, allows(recipe.defaultScale !== undefined, recipe));
  const takesKernels = recipe.needs?.includes('kernels') === true;
  assertUse('--kernels', flags.kernels !== undefined, demands(takesKernels, recipe));
  assertUse('--masks', flags.masks !== undefined, demands(task.mask === 'required', recipe));
  return recipe;
}

function idOf({ id }: Degradation): string {
  return id;
}

interface Use {
  readonly recipe: Degradation;
  readonly needed: boolean;
  readonly allowed: boolean;
}

function allows(allowed: boolean, recipe: Degradation): Use {
  return { recipe, allowed, needed: false };
}

function demands(needed: boolean, recipe: Degradation): Use {
  return { recipe, allowed: needed, needed };
}

function assertUse(option: string, given: boolean, { recipe, needed, allowed }: Use): void {
  if (given && !allowed) {
    throw new OptionError({
      subject: option,
      problem: `recipe ${recipe.id} has no use for it`,
      remedy: 'leave it out, or choose another --task or --recipe',
    });
  }
  if (needed && !given) {
    throw new OptionError({ subject: `recipe ${recipe.id}`, problem: `it needs ${option}` });
  }
}
