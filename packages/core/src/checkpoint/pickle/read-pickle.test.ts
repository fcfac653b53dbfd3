import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../errors/checkpoint-error';
import type { PickleHost } from './pickle-machine';
import { ForeignObject, type PickleValue } from './pickle-value';
import { readPickle } from './read-pickle';
import { TruncatedPickleError } from './truncated-pickle-error';

const host: PickleHost = {
  findGlobal: (module, name) => new ForeignObject(`${module}.${name}`),
  reduce: (callable) => callable,
  loadPersistent: (id) => ['persistent', id],
};

/** A pickle given as text, one character a byte. */
function read(program: string): PickleValue {
  const bytes = Uint8Array.from(program, (character) => character.charCodeAt(0));
  return readPickle(bytes, { subject: 'a.pkl', host }).value;
}

function fixture(name: string): PickleValue {
  const bytes = readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
  return readPickle(bytes, { subject: name, host }).value;
}

function entry(dict: PickleValue, name: string): PickleValue | undefined {
  return dict instanceof Map ? dict.get(name) : undefined;
}

describe('readPickle', () => {
  // Written by fixtures/make-fixtures.py, where the values are.
  it.each([0, 1, 2, 3, 4, 5])('reads what Python writes in protocol %i', (protocol) => {
    const plain = fixture(`plain-${protocol}.pkl`);
    expect(entry(plain, 'none')).toBeNull();
    expect(entry(plain, 'truth')).toEqual([true, false]);
    expect(entry(plain, 'integers')).toEqual([
      ...[0, 1, -1, 255, 256, 65535, 65536, -(2 ** 31), 2 ** 31, 2 ** 53 - 1],
      ...[2n ** 53n, -(2n ** 70n)],
    ]);
    expect(entry(plain, 'floats')).toEqual([0, -1.5, 1e-300, Infinity, -Infinity]);
    expect(entry(plain, 'text')).toEqual(['', 'a', 'ü – 日本 🎈', 'line\nfeed \\u0041 \'quoted\' "twice"']);
    expect(entry(plain, 'tuples')).toEqual([[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]);
    expect(entry(plain, 'long')).toBe('x'.repeat(300));
    expect(entry(plain, 'numbers')).toEqual(Array.from({ length: 300 }, (_, index) => index));
    // Before protocol 3, Python 3 writes bytes as a call of a codec.
    const bytes = protocol < 3 ? new ForeignObject('_codecs.encode') : Uint8Array.of(0, 255);
    expect(entry(plain, 'bytes')).toEqual(bytes);
  });

  it.each([0, 2, 5])('keeps shared and cyclic references in protocol %i', (protocol) => {
    const plain = fixture(`plain-${protocol}.pkl`);
    const shared = entry(plain, 'shared');
    expect(Array.isArray(shared) && shared[0] === shared[1]).toBe(true);
    const cyclic = entry(plain, 'cyclic') ?? null;
    expect(cyclic).toBeInstanceOf(Map);
    expect(entry(cyclic, 'self')).toBe(cyclic);
  });

  it.each<[string, string, PickleValue]>([
    ['a negative long', '\x8a\x02\x00\x80.', -32768],
    ['an empty long', '\x8a\x00.', 0],
    ['a Python 2 long', 'L-123L\n.', -123],
    ['truth in protocol 0', 'I01\n.', true],
    ['a Python 2 string', "S'it\\'s \\x41\\n'\n.", "it's A\n"],
    ['a short byte string', 'U\x02ab.', 'ab'],
    ['a set', '\x8f(K\x01K\x02\x90.', [1, 2]],
    ['a frozen set', '(K\x01K\x02\x91.', [1, 2]],
    ['a byte array', '\x96\x02\0\0\0\0\0\0\0ab.', Uint8Array.of(97, 98)],
    ['what DUP doubles', 'K\x07\x32\x86.', [7, 7]],
    ['nothing of what POP takes away', 'K\x01K\x02\x30.', 1],
    ['nothing of what POP_MARK takes away', 'K\x01(K\x02K\x03\x31.', 1],
    ['a persistent id in text', 'Pkey\n.', ['persistent', 'key']],
    ['an old-style instance', '(K\x01ia.b\nC\n.', new ForeignObject('a.b.C')],
    ['an object on the stack', '(ca.b\nC\nK\x01o.', new ForeignObject('a.b.C')],
    ['a class off the stack', '\x8c\x01a\x8c\x01B\x93.', new ForeignObject('a.B')],
    ['an object with keywords', 'ca\nB\n)}\x92.', new ForeignObject('a.B')],
    ['an extension', '\x82\x05.', new ForeignObject('copyreg.extension.5')],
    ['an object with state', 'ca\nB\n)\x81}b.', new ForeignObject('a.B')],
    [
      'items of foreign containers, dropped',
      'ca\nB\n)R(K\x01e(K\x01K\x02uK\x01K\x02s.',
      new ForeignObject('a.B'),
    ],
  ])('reads %s', (_, program, expected) => {
    expect(read(program)).toEqual(expected);
  });

  it('takes __proto__ for a key like any other', () => {
    const dict = read('}X\x09\0\0\0__proto__}X\x08\0\0\0pollutedK\x01ss.');
    expect(dict).toBeInstanceOf(Map);
    expect(entry(dict, '__proto__')).toBeInstanceOf(Map);
    expect('polluted' in {}).toBe(false);
  });

  it('tells how long the pickle is and reads nothing behind it', () => {
    const bytes = Uint8Array.of(0x80, 2, 0x4b, 7, 0x2e, 0xff, 0xff);
    expect(readPickle(bytes, { subject: 'a.pkl', host })).toEqual({ value: 7, length: 5 });
  });

  it.each([
    ['nothing', ''],
    ['no end', 'K\x01'],
    ['a number cut short', 'M\x01'],
    ['a string longer than the file', 'X\xff\xff\xff\xffab.'],
    ['a string longer than any file', '\x8d\xff\xff\xff\xff\xff\xff\xff\xffab.'],
    ['a line without an end', 'cos'],
  ])('says that it is truncated: %s', (_, program) => {
    expect(() => read(program)).toThrow(TruncatedPickleError);
    expect(() => read(program)).toThrow('a.pkl: damaged: ends in the middle of its pickled part');
  });

  it.each([
    ['an unknown instruction', '\xff.', 'unknown instruction 0xff at byte 1'],
    ['an unknown protocol', '\x80\x06.', 'unknown pickle protocol 6'],
    ['an empty stack', '.', 'an instruction without its operand'],
    ['an operand below the mark', 'K\x01(\x85.', 'an instruction without its operand'],
    ['a tuple without a mark', 'K\x01t.', 'an instruction without its mark'],
    ['an unknown memo', 'h\x05.', 'value 5 is used before it is made'],
    ['items set on a number', 'K\x01K\x02K\x03s.', 'items set on no dict'],
    ['a key without a value', '}(K\x01u.', 'items set on no dict'],
    ['values added to a number', 'K\x01K\x02a.', 'values added to no list'],
    ['a class without a name', 'K\x01K\x02\x93.', 'a class whose name is not text'],
    ['a negative length', 'T\xff\xff\xff\xff.', 'a negative length'],
    ['a malformed integer', 'I1x\n.', 'a malformed integer'],
    ['an endless integer', '\x8b\x01\x04\0\0\0', 'an endless integer'],
    ['a malformed float', 'Fone\n.', 'a malformed number'],
    ['a malformed string', 'Sabc\n.', 'a malformed string'],
    ['a malformed memo index', 'K\x01p1x\n.', 'a malformed memo index'],
    ['a buffer kept elsewhere', '\x97.', 'unknown instruction 0x97'],
  ])('refuses %s', (_, program, message) => {
    expect(() => read(program)).toThrow(CheckpointError);
    expect(() => read(program)).toThrow(message);
  });

  it('does not look endless names up again and again', () => {
    const name = `X\0\x04\0\0${'a'.repeat(1024)}`;
    expect(() => read(`${name}q\0${name}\x93.`)).toThrow('an endless class name');
  });

  it('goes as deep as a pickle does', () => {
    const depth = 100_000;
    let value = read(`${']'.repeat(depth)}${'a'.repeat(depth - 1)}.`);
    let found = 0;
    while (Array.isArray(value)) {
      found += 1;
      value = value[0] ?? null;
    }
    expect(found).toBe(depth);
  });
});
