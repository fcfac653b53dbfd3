import { listModels } from '@diffir/web';
import { tasks } from '../model/tasks';
import { backends } from '../settings/backends';

/** The models that come with the page. */
export const models = listModels();

/** What settings can be. */
export const choices = {
  tasks: tasks.map(({ id }) => id),
  models,
  backends: backends.map(({ id }) => id),
};
