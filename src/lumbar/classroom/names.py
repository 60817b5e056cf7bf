"""Pseudonyms: an adjective and an animal, none of them about a body, its weight, its looks or pain."""

import secrets
from collections.abc import Collection

ADJECTIVES = """
    amber arctic autumn brave breezy bright bronze calm candid careful cheerful chilly clever cobalt copper
    coral cosy crimson curious daring desert dreamy eager early emerald fearless festive forest friendly frosty
    gentle glad golden happy honest hopeful humble icy indigo island ivory jade jolly joyful keen kind lively loyal
    lucky lunar mellow merry misty modest morning mossy musical neat noble northern olive opal patient
    peaceful pearl playful plucky polar polite proud purple quick quiet rainy ready river rosy royal ruby rustic sandy
    scarlet serene shiny silver sincere snowy solar southern spring steady stellar summer sunny teal thoughtful
    tidy topaz tranquil trusty velvet violet vivid warm western windy winter wise witty woodland
""".split()
ANIMALS = """
    albatross alpaca badger beaver blackbird bluebird bobcat buzzard canary caribou cheetah chickadee chipmunk
    cockatoo condor coyote crane cricket curlew dolphin dormouse dove dragonfly duckling eagle egret elk ermine
    falcon ferret finch firefly flamingo fox gazelle gecko gibbon goldfinch goshawk grebe grouse hare harrier hawk
    hedgehog heron hoopoe hornbill hummingbird ibex ibis jackdaw jaguar kestrel kingfisher kiwi koala lapwing lark
    lemur leopard linnet llama lynx macaw magpie marmot marten meerkat merlin mongoose narwhal nightingale
    ocelot oriole osprey otter owl panda panther parrot partridge peacock pelican penguin petrel pheasant pigeon plover
    puffin puma quail raccoon raven reindeer robin salmon sandpiper seahorse seal sparrow squirrel starling stork
    swallow swan swift tern thrush tiger toucan turtle warbler wombat woodpecker wren zebra
""".split()


def pseudonym(taken: Collection[str]) -> str:
    """A name such as "Quiet Otter" that no one in the class has, drawn at random; few of all may be `taken`."""
    while True:
        name = f"{secrets.choice(ADJECTIVES)} {secrets.choice(ANIMALS)}".title()
        if name not in taken:
            return name
