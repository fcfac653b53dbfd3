import { publishedSharpening } from './published-sharpening';
import type { ProblemList } from './reader';
import { given, group, isSettings, type Settings } from './settings';

/** Where the published code keeps VGG-19. */
const VGG_FILE = 'experiments/pretrained_models/vgg19-dcbb9e9d.pth';

/** The losses of a published option file. */
export function translateLosses(options: Settings, schedule: unknown, problems: ProblemList): Settings {
  const train = group(options, 'train');
  const sharpened = publishedSharpening(options);
  return given({
    pixel: given({ weight: group(train, 'pixel_opt').loss_weight, sharpenedTarget: sharpened.pixel }),
    perceptual: isSettings(train.perceptual_opt)
      ? given({
          ...translatePerceptual(train.perceptual_opt, problems),
          sharpenedTarget: sharpened.perceptual,
        })
      : undefined,
    adversarial: isSettings(train.gan_opt)
      ? given({
          ...translateAdversarial(options, schedule, problems),
          sharpenedTarget: sharpened.adversarial,
        })
      : undefined,
  });
}

function translatePerceptual(loss: Settings, problems: ProblemList): Settings {
  const refuse = (name: string, problem: string) => problems.add(`train.perceptual_opt.${name}`, problem);
  const { vgg_type: network = 'vgg19', criterion = 'l1', style_weight: style = 0 } = loss;
  if (network !== 'vgg19') refuse('vgg_type', `${String(network)} is not known; vgg19 is`);
  if (criterion !== 'l1') refuse('criterion', `${String(criterion)} is not known; l1 is`);
  if (Number(style) > 0) refuse('style_weight', 'there is no such loss');
  const layers = given(group(loss, 'layer_weights'));
  const unknown = Object.keys(layers).filter((name) => !LAYERS.includes(name));
  for (const name of unknown) refuse('layer_weights', `${name} is not known; ${LAYERS.join(', ')} are`);
  return given({
    weight: loss.perceptual_weight,
    file: VGG_FILE,
    layers: Object.keys(layers).length === 0 ? undefined : LAYERS.map((name) => layers[name] ?? 0),
  });
}

const LAYERS: readonly string[] = ['conv1_2', 'conv2_2', 'conv3_4', 'conv4_4', 'conv5_4'];

function translateAdversarial(options: Settings, schedule: unknown, problems: ProblemList): Settings {
  const train = group(options, 'train');
  const { gan_type: kind, loss_weight: weight } = group(train, 'gan_opt');
  const { type, num_feat: features, skip_connection: skips = true } = group(options, 'network_d');
  const { net_d_iters: every = 1, net_d_init_iters: alone = 0 } = train;
  if (kind !== 'vanilla') problems.add('train.gan_opt.gan_type', `${String(kind)} is not known; vanilla is`);
  if (type !== 'UNetDiscriminatorSN' || skips !== true) {
    problems.add('network_d.type', `${String(type)} is not known; UNetDiscriminatorSN with skips is`);
  }
  if (every !== 1) problems.add('train.net_d_iters', 'the network is trained at every iteration here');
  if (Number(alone) > 0) problems.add('train.net_d_init_iters', 'the discriminator is not trained alone');
  return given({
    weight,
    kind: 'vanilla',
    discriminator: 'unet',
    features,
    file: group(options, 'path').pretrain_network_d,
    learningRate: group(train, 'optim_d').lr,
    schedule,
  });
}
