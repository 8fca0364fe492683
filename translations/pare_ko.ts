<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>core</name>
    <message>
        <source>%1 is open in another window or program; it is shown here, and cannot be changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a data file first: labelled examples as TSV, CSV or JSON lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 looks at what its layers are given: choose calibration data first, labelled examples as TSV, CSV or JSON lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One threshold for several layers: what becomes of this one is known after measuring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heads, units or tokens are removed: which ones stay is known after measuring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe removes this layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe trains the model: what becomes of a layer shows once it has run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The technique looks at data: what becomes of this matrix is known after measuring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This recipe was measured already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: neither a command nor a file or folder that is there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no display to show a window on; `pare --help` lists what works without one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no such file or folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: cannot be read: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: cannot be written: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a file, found a folder or device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: holds %2 bytes, expected at most %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nested deeper than %1 levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a model folder, a .safetensors file or a config.json</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: there is no config.json; it says what the model computes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: there is no model.safetensors beside config.json</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: weights in %2 cannot be read; save the model as model.safetensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the tensor %2 of layer %3 is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: expected the shape %3, found %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: expected float32, float16, bfloat16 or float64, found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 tensors belong to no layer and were ignored, the first is %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: metadata &quot;pare&quot; cannot be read: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layers: expected an object, found %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: written in format %2, this program reads up to %3; a newer Pare can open it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: layer %2 is said to share %3, which owns no weight of its shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: cannot be created: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: cannot be copied: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the selection &quot;%2&quot; leaves no layer of this model, which has blocks 0 to %4 in the stack %5; expected layers with one of the roles %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the selection &quot;%2&quot; leaves no layer of this model; mode=%3 shares layers of blocks with one of the roles %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: rank %2 saves nothing in %3: a matrix of shape %4 breaks even at rank %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: keep=%2 leaves no rank in %3: a matrix of shape %4 breaks even at rank %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: blocks of %2 do not fit a whole number of times into shape %3 of %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: whether blocks of %2 fit the factors of %3 depends on their rank, which &quot;%4&quot; leaves to the weights; expected rank or keep there, or no block here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: blocks of %2 save nothing in %3 of shape %4: the two factors hold %5 weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 of shape %3 is not the size of any product of two that holds fewer weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no two factors of %2, whose shape is %3, hold keep=%4 of its weights; expected %5 at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; leaves %2 of its layers whole: as many singular values as it asks for save nothing there (%3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 looks at what a matrix is given, which is not known of the factors that &quot;%2&quot; makes of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what the calibration data say of this matrix (inputs or gradients) are not finite numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what the calibration data say of this matrix (inputs or gradients) is zero everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split-epochs=%1 splits ternary weights, and the recipe makes none; expected a step quantize.ternary, or no split-epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bits-from=%1: no weight that the recipe quantizes has fewer bits; expected a step such as quantize.affine with fewer, or no bits-from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 updates the weights of a matrix while it chooses among them and cannot find the smallest of several; expected scope=matrix or scope=row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: mode=%2 needs at least %3 blocks to share among, the selection leaves %4 of %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 of shape %3 cannot use the weight of %4, whose shape is %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 cannot use the weight of %3: only one of the two has a bias</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the selection &quot;%2&quot; leaves nothing of this model that it could remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; would leave none of the %3 %4 of block %5; one at least must stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; would leave none of the model&apos;s %3 blocks; one at least must stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: layer %2 is stored compressed (%3); rows and columns can only be removed from plain values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for what the model needs least</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 needs the model&apos;s tokenizer, to know which tokens a text uses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: layer %2 uses the weight of %3; once the table&apos;s narrow rows see each other, a decoder needs a table of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: Pare has no attention among token rows for models of the type %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the rank %2 of layer %3 is not a multiple of heads=%4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the steps are applied in this order: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; replaces &quot;%2&quot; in %3 layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no effect: later steps replace it in every layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no effect: earlier steps remove all of its layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; changes nothing in this model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot;: %2 of its layers use another layer&apos;s weight; it acts once, on the layers that own it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot;: its layers share weights with others; it acts on the %2 owners and so changes %3 more layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 looks at data and needs calibration data, labelled examples of the task; run, sweep and export take them as --calibration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 looks at how the loss changes with the weights and needs labelled calibration data; run, sweep and export take it as --calibration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the loss on calibration data needs a label for each of its %1 examples; there are %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>example %1 of the calibration data has the class %2; the model knows 0 to %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the loss on calibration data needs a model that classifies; this one has no classifier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the loss of example %1 of the calibration data is not a finite number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding how the loss changes with the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring the loss without each block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: is learnt in training; expected &quot;recover&quot; in the recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share.layers keep-weights=best chooses by what models score and needs labelled examples for it; run, sweep and export take them as --dev</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share.layers keep-weights=best: layer %1 is stored compressed; weights can only be chosen among plain ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the average of the blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>those of block %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>those of blocks %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot;: of %2 candidates these weights survive: %3 (%4 % right on the dev data, loss %5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 looks at what a matrix is given, which is not known of the parts that layer %2 is stored as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compressing %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing outputs with the original&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing %1 with the original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer %1: %2 of its %3 weights are not finite numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer %1: cannot be compressed: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: this technique chooses scales itself and needs evenly spaced values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: k-means chooses the values of a codebook and needs one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the calibration data give this matrix inputs that are not finite numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the calibration data give this matrix no input other than zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: holds no examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: needs a column &quot;label&quot; to be measured against</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: row %2: the model does not know the label &quot;%3&quot;; expected one of: %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 % ± %2 so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the data has %2 labels, the model answers with %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: row %2: the model&apos;s answer is not a finite number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the label &quot;%2&quot; holds a tab or a line break, which a tab-separated file cannot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no difference larger than %1 points at %2 rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not yet: about %1 more rows would settle it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prune.vocabulary keeps the tokens of a text and needs one: text=FILE, or calibration data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>technique &quot;%1&quot;: expected a range such as rank=32..256:32, found &quot;%2&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>technique &quot;%1&quot;: makes %2 recipes, expected at most %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>technique &quot;%1&quot;: no layer of this model is left to try it on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the demo model is missing; expected it in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compressing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring the original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring the result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the recipe trains the model (&quot;recover&quot;); expected labelled examples to train on (--train)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>method=%1: masks are learnt from the labels alone; expected method=task beside prune.movement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: is a configuration; steps compress weights, and it has none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: has no classifier, whose answers %2 teaches; fine-tune it first (pare train --init)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a run of a project is measured; expected --test or --dev beside --project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: has no classifier, so there is no accuracy of the teacher to compare with; fine-tune it first (pare train --init)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measured on the development data, by which the best epoch was chosen: other texts would say less good things of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run %1: is a distilled student, and its weights are kept no longer; distil it again (pare distill)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: has no classifier, so there is no accuracy to measure; fine-tune it first (pare train --init)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: holds scores; only data with labels can be measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: is what is being read; choose another place to write to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run %1: the weights made again have the hash %2, those measured had %3; model, program, kernels or a text that the recipe names differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>single answers took from %1 to %2 ms: something else kept the machine busy, so their time is no figure to rely on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: how many bytes one threshold for several layers leaves depends on the weights, and there are none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: holds other weights than run %2 measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is not enough memory for this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped by an unexpected error: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped by an unexpected error without a description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>selection &quot;%1&quot;: expected a layer name, a pattern or KEY=VALUE between &quot;and&quot;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>selection &quot;%1&quot;: expected role, block or stack before &quot;=&quot;, found &quot;%2&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>selection &quot;%1&quot;: there is no role &quot;%2&quot;; expected one of: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>selection &quot;%1&quot;: expected a block such as 3 or 2-5, found &quot;%2&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step &quot;%1&quot;: expected TECHNIQUE key=value … [@ SELECTION]</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step &quot;%1&quot;: expected key=value, found &quot;%2&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step &quot;%1&quot;: the setting %2 stands twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no way to distil; expected one of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: a method teaches whole models and takes no selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected &quot;recover&quot; with its settings and no selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the recipe is trained already; it can be once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split-rate=%1: is the learning rate after a split; expected split-epochs beside it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bits-from=%1: bits come down while labels are learnt; expected method=task, found method=%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no technique &quot;%1&quot;; expected one of: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: there is no setting &quot;%2&quot;; expected one of: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 expects a whole number from %3 to %4, found &quot;%5&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 expects a number from %3 to %4, found &quot;%5&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 expects one of %3, found &quot;%4&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 expects N:M with 0 &lt; N &lt; M &lt;= 32, found &quot;%3&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 expects RxC, rows by columns from 1 to 4096, found &quot;%3&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 and %3 exclude each other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 only goes with %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer map: expected uniform, top, bottom, skip, last or pairs STUDENT:TEACHER such as 0:1,1:3 with layers from 0, found &quot;%1&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer map: layer %1 of the student stands twice; it can have one teacher</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer map: expected at least one pair of layers, found none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer map &quot;%1&quot;: the teacher has %2 layers; expected a student of no more, found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer map &quot;%1&quot;: leaves out the student&apos;s last layer, and it has only one; expected uniform, top, bottom or a pair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer map &quot;%1&quot;: expected layers of the student from 0 to %2, found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer map &quot;%1&quot;: expected layers of the teacher from 0 to %2, found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: not valid JSON: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2: expected %3, found %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2: there is no key &quot;%3&quot;; expected %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: model_type &quot;%2&quot; is not one Pare knows; expected one of: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: Pare can describe an ALBERT model, but not run it: it does not compute the projection from the width of the embedding to that of the blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: Pare can describe a DistilBERT model, but not run it: it does not compute embeddings without token types, nor this classifier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: Pare can describe a Marian model, but not run it: it does not compute cross-attention, which this decoder needs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: not a valid configuration: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: model_type: expected a text such as &quot;bert&quot;, found %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2: expected a whole number from %3 to %4, found %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2: expected a number from %3 to %4, found %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2: expected a text, found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2: expected true or false, found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 is %3; Pare can only run models with %4 there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2: expected gelu, gelu_new, relu, silu or tanh, found &quot;%3&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 %3 is not a multiple of %4 %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: position_embedding_size: expected embedding_size, %2, or hidden_size, %3, found %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: id2label: expected a text for each index from 0 to the number of labels less one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: id2label: the label &quot;%2&quot; stands twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: architectures: expected a list of class names, found %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2: expected a list of %3 whole numbers from %4 to %5, found %6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2: expected an object, found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: pruned_heads: expected lists of heads by blocks from 0 to %2, found &quot;%3&quot;: %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: pruned_heads: block %2: expected heads from 0 to %3, each once, found %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: pruned_heads: block %2: at least one of its %3 heads must stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: width %2 is not a multiple of heads %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the key &quot;%2&quot; is unknown, and a newer version of Pare may compute something else by it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the key &quot;%2&quot; is unknown and was ignored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a stored run cannot be read: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Structure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight sharing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pruning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acts on matrices; norms and biases are a thousandth of a model and keep their values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acts on matrices that multiply; the rows of an embedding table are looked up one at a time, so that its inputs say nothing about its columns.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acts on the layers of blocks, of which there are several alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acts on attention, which alone has heads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acts on the feed-forward half of blocks, whose two matrices share its units.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acts on the token embedding, the one wide table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each block keeps its most important attention heads; query, key, value and output become smaller.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove feed-forward units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each block keeps its most important feed-forward units; both matrices become smaller.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole blocks go; the others follow each other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove unused tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens that a text does not use leave the vocabulary; special ones and single characters stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several blocks use the weights of one; the others cost no bytes of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low rank by SVD</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A matrix becomes the product of two thin ones, the best of that rank.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low rank by Fisher information</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As by SVD, but rows that the loss depends on more count more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low rank by input size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As by SVD, but columns of large inputs count more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low rank by outputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The product of that rank whose outputs differ least from the matrix&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Narrow token embedding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token table becomes a narrow one and a projection to the full width.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Narrow token embedding that looks around</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token table becomes a narrow one whose rows see each other before a projection to the full width; meant to be trained.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kronecker product</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A matrix becomes one small matrix times each weight of another, the nearest such product.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prune small weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights nearest to zero are removed; the others stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prune by what the loss loses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights whose removal changes the loss least, judged by its slope in the original model, are removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prune by weight and input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights whose size times that of their inputs is smallest are removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prune by SparseGPT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removes column by column; the columns still to come make good what each removal did to the outputs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prune what moves to zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights that training moves towards zero are removed; every weight learns a score beside its value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prune what moves to zero, softly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As by movement, but a penalty decides how many weights of each matrix go.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantize to few bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each weight is rounded to the nearest of evenly spaced values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantize by GPTQ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rounds column by column; the columns still to come make good what each rounding did to the outputs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compute in 8 bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights are stored in 8 bits, inputs rounded to 8 bits on the way, and multiplied so where the processor can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compute in 8 bits by SmoothQuant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As computing in 8 bits; what is hard to round of the inputs moves into the weights first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compute in 8 bits but for outliers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As computing in 8 bits; the few inputs that are very large meet their weights in half precision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantize by AWQ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights of large inputs are scaled up before they are rounded, and so lose less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantize to a codebook</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each weight becomes the nearest of a few values that k-means finds among them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All weights of a matrix share a few values, which k-means finds among them; stored is which of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each weight is stored in 16 bits, 5 for its size and 10 for its digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bfloat16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each weight is stored in 16 bits, 8 for its size and 7 for its digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantize to three values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each weight becomes zero, or plus or minus the mean size of the large ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantize to the sign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the sign of each weight stays, and the mean of their sizes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits of one stored weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What shares one scale: the matrix, an output channel, or a group of weights within it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many consecutive weights of a row share one scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the steps lie evenly around zero; otherwise each scale has a zero point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the steps reach: to the outermost weights, to all but one in a thousand, or as far as the squared error wants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the weights set to zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep N of every M consecutive weights of a row, as in 2:4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights go or stay by whole blocks of R rows and C columns, as in 4x4; otherwise one by one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Among which weights the smallest are found: each matrix, each row, or all selected layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose inputs a layer is judged by: those of the model as compressed so far, or those of the original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many singular values are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the matrix&apos;s parameters that both factors together keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the sum of squared singular values that the kept ones hold; a matrix that needs too many of them stays whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the product may be from the matrix, by what the technique counts; a matrix that needs too many singular values stays whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share that stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By what heads are compared within a block: the size of their weights, or how much the loss depends on them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By what units are compared within a block: the size of their weights, how active they are, or how much the loss depends on them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which blocks go: evenly spaced ones, the last, or those whose absence raises the loss least</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file whose tokens stay; otherwise those of the calibration data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is shared: whole blocks or their attention or feed-forward half (ALBERT), consecutive groups of blocks (ALBERT), all blocks but the first and the last or every few blocks (Subformer), or a few blocks in turn, forwards or back again (Takase and Kiyono)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many blocks keep weights of their own; otherwise half of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many consecutive blocks share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which weights survive: the average of those that share, those of the first block, or whichever of some candidates scores best on dev data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many weights are tried: those of the first block, the average, and those of blocks spread over the others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heads of the attention among token rows; the rank is a multiple of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the matrix&apos;s parameters that both factors together keep at least; half of them is about the most there is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows and columns of the second factor, as in 16x16; otherwise as the share has it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the weights of each matrix set to zero in the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights go whose score, between 0 and 1, is below it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much the mean score adds to the loss; more of it removes more weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Among which weights the least important are found: each matrix or each row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much the size of an input counts: not at all (0) to fully (1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the columns with the largest inputs are rounded first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the inputs&apos; range moves into the weights: none (0) to all (1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An input that reaches this size meets its weights in half precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many values there are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What shares one codebook: the matrix, an output channel, or a group of weights within it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passes over the training data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Highest one, after warm-up; otherwise by the model&apos;s width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens of one step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the steps in which the learning rate rises</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop after so many epochs without a better score on development data; 0: never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the training by which masks that are learnt have all their sparsity, along a cubic curve, and bits-from has come down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights quantized to fewer bits begin the training with so many and come down to their own, by the share of it that gradual says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate of the scores of masks that are learnt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ternary weights are split into the sum of two binary ones after the training, and trained on for so many passes; otherwise they stay ternary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Highest learning rate after the split; otherwise that of before, for split-epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What linear layers multiply in: the faster one of this machine, or as said; parameters are float32 either way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it learns from: the labels, or the original model as its teacher</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By which both models&apos; logits are divided; higher ones show more of what the teacher thinks of wrong answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the loss that comes from the teacher&apos;s answers; the rest comes from the labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the teacher&apos;s answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the masked tokens themselves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the angle between last hidden states</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On running text, before the task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the distance of intermediate layers&apos; first tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On running text, before the task; 0: none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the task&apos;s texts, layers only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Altered copies of each training text, words replaced by the teacher&apos;s masked language model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words to choose from at each place, for augment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the words that are replaced, for augment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of layer after layer, all layers together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the masked language model, after the layers; where the teacher has one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of attention against feature maps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Into how many heads both models&apos; vectors are cut anew; otherwise the teacher&apos;s number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which of the teacher&apos;s layers teaches, from 0; otherwise the last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probability of replacing a module, at the start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By how much it grows each step; otherwise so that it reaches 1 after seven tenths of the training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the successor alone, after the replacing; 0: none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recover by training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The compressed model is trained with what was done to it held: masks stay, codecs are trained through, shared weights move together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Softened answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The student learns the teacher&apos;s softened answers beside the labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>DistilBERT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On running text: the teacher&apos;s masked language model, the masked tokens and the direction of the last hidden states; every second layer is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patient distillation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Softened answers, and the first token&apos;s states of intermediate layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TinyBERT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embeddings, attention scores and hidden states of mapped layers, on running text and then on the task; the answers last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MobileBERT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer after layer learns its teacher layer&apos;s states and attention.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MiniLM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last layer&apos;s attention, and the relation of its values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MiniLMv2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The relations of one layer&apos;s queries, keys and values, at any width.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BERT-of-Theseus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modules of the teacher are replaced by the student&apos;s with a growing probability, learning from the task alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: not enough memory for its kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the library %2 cannot compute it: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the processor has no instructions for %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kernels &quot;%1&quot;: unknown part &quot;%2&quot;, expected linear=onednn|aten, gemm=onednn|aten, attention=tiled|aten, bfloat16=onednn|float32, int8=onednn|float32 or training=float32|bfloat16, separated by commas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the model has no layer %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer %1: expected the shape [%2], found [%3]</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token %1 is outside the vocabulary of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a text of %1 tokens is longer than the %2 the model reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the model tells %2 kinds of text apart, found the kind %1: it reads no pairs of texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer %1: token rows see each other before they are projected; expected the shapes %2 of table and projection, found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the masked-LM decoder uses the token table, whose narrow rows see each other in this model; a decoder needs a table of its own there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the model has no %1 head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no such project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a Pare project, found a folder or device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a Pare project, found an empty file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a Pare project, found a file of another kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a Pare project, found another program&apos;s database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the project is damaged: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the project has version %2, this Pare reads versions up to %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the project has version %2 and must be opened for writing once, to bring it to version %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: there is such a file already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the folder does not exist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the name is not valid UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: another Pare has this project open for writing; it can be opened read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: cannot be opened for writing: the lock file %2 was refused: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: cannot be read or written: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: cannot be changed, because it is open read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: another program is using this project; try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: cannot be written: the disk is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: something in it, or about to be stored in it, is longer than a project may hold (%2 bytes)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: there is not enough memory to read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: what is to be stored holds text that is not valid UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: run %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the answers of run %2 are damaged: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: revision %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: there is nothing to undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: there is nothing to redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: a run without an id cannot be stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: there is no run &quot;%2&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is the beginning of more than one run&apos;s id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking every layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking again where it is not clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing is known yet of how the layers of this model answer on this data; expected `pare sweep --per-layer` with the same data, seed and threads before a prediction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a prediction is made of what single layers answer, which training changes; expected a recipe without &quot;recover&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layers are blamed by putting the original ones back, which says little of a model that was trained since; expected a run without &quot;recover&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layers are blamed by putting the original ones back, which do not fit where heads, units, blocks or tokens are gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking all but %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Putting %1 back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>target &quot;%1&quot;: expected &apos;bytes&lt;=2MB&apos;, &apos;accuracy&gt;=90%&apos; or &apos;latency&lt;=1.2ms&apos;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no layer is left to choose for: all are locked, or no option could be tried</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no choice of these options makes a file of at most %1; the smallest is %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no choice of these options answers within %1 ms; the fastest would take %2 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no recipe is expected to reach an accuracy of %1 %: the original has %2 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choosing for each budget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group %1 has no options to choose from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group %1, option %2: the value is %3; expected a finite number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group %1, option %2: the weight is %3; expected 0 or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group %1: the largest values or weights of the groups so far add up to more than can be counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a safetensors file of at least 8 bytes, found %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the header is said to be %2 bytes long, expected at most %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the header is said to be %2 bytes long, the file holds %3 after its first 8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the header must begin with &quot;{&quot;, found byte %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the header must end with &quot;}&quot; and spaces, found byte %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the header holds the byte %2 at offset %3, expected text in UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the header is not valid JSON at byte %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the header holds a text of more than %2 bytes, expected shorter ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the header names more than %2 tensors or metadata keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the header must be an object that names tensors, found %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: __metadata__ must map texts to texts, found %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: __metadata__ names &quot;%2&quot; twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: expected an object with dtype, shape and data_offsets, found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: stands twice in the header</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: %3 stands twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: expected dtype, shape and data_offsets only, found &quot;%3&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: %3 is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: %3 expects %4, found %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: there is no dtype &quot;%3&quot; in safetensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: the dtype %3 cannot be read; convert it to F32, F16 or BF16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: has more than %3 dimensions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: shape %3 has more elements than can be counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: data_offsets [%3, %4] do not lie in the data section of %5 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: shape %3 needs %4 bytes, the data section holds %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: shape %3 of %4 needs %5 bytes, its data_offsets hold %6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: begins at %3 of the data section, expected %4: no gap, no overlap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the tensors end at %2 of the data section, which holds %3 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tensors of the type %1 cannot be stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LibTorch failed: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not enough memory: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the text is not UTF-8 from its byte %1 on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the texts are longer than 4 GiB together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected UTF-8, found a byte %3 that cannot stand there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the token &quot;%1&quot; stands in the vocabulary twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token %1 of the vocabulary holds a line break</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: the token &quot;%3&quot; stands already in line %4; expected every token once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected at most %2 tokens (the model&apos;s vocab_size), found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a line with the token %2, found none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: not valid JSON from byte %2 on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected at most %2 keys, found more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a JSON object, found something else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2: expected a whole number from %3 on, found %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a model with at least %2 positions, found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a vocabulary of %1 tokens is too small: expected room for %2 special tokens and %3 characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a vocabulary cannot be trained: the texts hold no words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merging the pieces of %1 words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a name ending in .tsv, .csv, .jsonl, .ndjson or .json, found &quot;%2&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line 1: expected a header, found an empty file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected at least one row of data, found none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: the column &quot;%3&quot; stands twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected %3 columns as in the header, found %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected at most %3 columns, found more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected a column text, or text_a and text_b, found: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected either text, or text_a and text_b, found: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected a column label or score, found: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected either label or score, found both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected a label, found nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected a number as score, found &quot;%3&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected a closing quote for the field that begins there, found the end of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected a comma or the end of the line after a closing quote, found &quot;%3&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: found a quote inside a field; expected the whole field in quotes and the quote doubled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: not valid JSON from byte %3 of the line on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected a JSON object, found something else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected at most %3 bytes in a line, found %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected the key &quot;%3&quot;, found none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: %3: expected text or a number, found %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected at least one line of text, found none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the rules that say where sentences end cannot be used: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a text of %1 bytes cannot be split into sentences; expected at most 2 GiB in one document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Splitting the texts into sentences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: row %2 holds a tab or a line break, which a TSV file cannot hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no such file; install WordNet&apos;s data with: apt install wordnet-base</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected a noun&apos;s offset and a lexicographer file from 03 to 28, found &quot;%3&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2: expected &quot; | &quot; and a definition after &quot;%3&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected thousands of definitions, found %2, too few for three splits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>naive Bayes expects texts with labels, found data without labels or without examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected wordnet:train, wordnet:dev or wordnet:test, found &quot;%2&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected teacher and student of one shape, found %2 and %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden states: expected a projection of %1 (teacher by student), found %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attention: expected queries, keys and values of %1 tokens by 3 x %2 heads x their width, found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attention is compared head by head: expected as many heads as the teacher has, %1, found %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>relation heads: expected a number that divides the widths of teacher and student, %1 and %2, found %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>temperature: expected a finite number above 0, found %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>replacement: expected a base from 0 to 1 and a slope of at least 0, found %1 and %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>teacher and student read by one vocabulary; the teacher&apos;s has %1 tokens, the student&apos;s %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>teacher and student answer with one set of labels; the teacher has %1, the student %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: learns the answers to a task; expected labelled examples (--data)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a teacher with a classifier, found none; fine-tune it first (pare train --init)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: learns on running text; expected a corpus or labelled examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tinybert: without labelled examples it learns on running text alone, which general-epochs=0 leaves out; expected examples, or epochs above 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: compares states number by number, so that widths must be equal; the teacher is %2 wide, the student %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: compares attention head by head; the teacher has %2 heads in block %3, the student %4 in block %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: learns a masked language model, which the teacher has not; expected a checkpoint with one (train it with --objective mlm first)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>augment: words are replaced by the teacher&apos;s masked language model, which it has not; expected a checkpoint with one, or augment=0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the student has %2 blocks, the teacher only %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>teacher-layer: expected a block from 0 to %1, found %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the teacher has no masked language model: the last stage of MobileBERT, which learns it, was left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Altering texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>augmentation made %1 texts of %2; words of several pieces stayed as they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is nothing to train from; expected a model or a configuration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expected either a model or a configuration to start from, found both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the task is learnt from labelled examples; expected a data file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked language modelling needs text; expected a corpus or a data file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expected a folder to write the trained model to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the folder could not be made: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a number from %2 to %3, found %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vocabulary: expected a file or size=N, found &quot;%1&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the model has a vocabulary already; one can only be chosen for a new model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: holds scores; only labels can be learnt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the vocabulary has no token %1, which masked language modelling needs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pairs of sentences need two token types, the model has %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>objective: expected task, or mlm, nsp, sop, mlm+nsp or mlm+sop, found &quot;%1&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no line holds a word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: pairs of texts need two token types, the model has %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the training there is finished; leave out --resume to train anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: is compressed; training unpacks it, so the result is written at full size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: has the label &quot;%2&quot;, which is not among the model&apos;s; its classifier is replaced by a new one for %3 labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the loss is not a finite number after %1 steps; a smaller learning rate than %2 may help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pairs of sentences: expected a length of at least %1 tokens, found %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>which sentence follows which is learnt from documents of several sentences; expected at least one with two, found none among %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wrong next sentences are taken from other documents; expected at least two documents, with a blank line between them, found one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training the vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training the task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training the masked language model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training next sentence prediction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training sentence order prediction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training masked language model and next sentence prediction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training masked language model and sentence order prediction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring on the development data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the teacher</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning the teacher&apos;s answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning the teacher&apos;s layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning the teacher&apos;s language model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replacing the teacher&apos;s modules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epoch %1 of %2, loss %3, %4 tokens/s, %5 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epoch %1 of %2, loss %3, %4 tokens/s, %5 on development data, %6 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: belongs to a training with other settings, data or model; continue it as it was begun, or remove the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: not a state this training can continue from: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a codec of %1 bits: expected %2 to %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a codec with groups of %1 weights: expected at least 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a codebook of %1 values: expected 2 to 256</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a codec with %1-bit activations: expected 0 (floating point), or 8 with 8 bits, symmetric, per channel or per tensor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a codec of %1 planes: expected 1, or 2 of a binary one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a tensor of the type %1 is no weight: expected a floating type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a tensor of the shape %1 cannot be encoded: expected a matrix; vectors are only stored dense</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the weights hold a value that is not finite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the weights reach %1, beyond what %2 can hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a codebook of the shape %1: expected %2 rows of %3 finite values in half precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scales of the shape %1: expected %2 finite numbers from 0 in half precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zero points of the shape %1: expected %2 codes up to %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a codebook cannot be used before its values are chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an input scale of the shape %1: expected %2 finite values in half precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the packing cannot be read: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the packing: expected %2 in &quot;%3&quot;, found %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the packing: &quot;%2&quot; does not go with %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the tensor %2 is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: expected %3 of the shape %4, found %5 of %6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: a matrix of %2 weights in %3 bytes: more than can be unpacked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: holds the code %3, expected %4 to %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: unused bits at its end are not 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: holds a scale that is not a finite number from 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: holds a value that is not finite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: row %3 keeps %4 weights of %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: column %3 in row %4: expected ascending columns below %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the packing says %2 weights are kept, found %3 of %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: there is no form of weight &quot;%2&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the parts %2 and %3 do not make a matrix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tensor %2: expected ascending columns below %3, found %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no layer %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the layer %1 shares its weight with itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: expected a name ending in .png, .svg or .pdf</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>granularity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>symmetric</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sparsity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pattern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inputs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>energy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>count</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep-weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>candidates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>penalty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>alpha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>act-order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learning-rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>batch-tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>patience</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gradual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bits-from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>score-rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split-epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split-rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>transfer-epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>augment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>replace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>relation-heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>teacher-layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>base</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slope</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>soft-weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mlm-weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cosine-weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>beta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>general-epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>intermediate-epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prediction-epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attention-weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>successor-epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tensor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minmax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>percentile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>matrix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>global</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sequential</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>magnitude</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gradient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>activation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first-order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every-other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ffn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sandwich</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every-n</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cycle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cycle-reverse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float32</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>distilbert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pkd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tinybert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mobilebert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minilm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minilm2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>theseus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare</name>
    <message>
        <source>%1 % (%2 to %3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The original takes %1 and answers %2 of %3 examples correctly. </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The smallest file that loses at most one point is %1, %2 % of the original, with %3: %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No recipe kept within one point of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 % of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was %1 ms, %2 threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same answer as the original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of %1 examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy (95 %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One answer, ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 examples of %2; bars are 95 % intervals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 runs measured by Pare; sizes are those of the exported file, times those of this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size against accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What each layer kept: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs, smallest file first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to repeat it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weight error</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::AboutDialog</name>
    <message>
        <source>About Pare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds out what each layer of a language model can lose. Free software under the GNU General Public License, version 3 or later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cores for this process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::DataChoice</name>
    <message>
        <source>nothing chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::DataSection</name>
    <message>
        <source>Examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many examples calibrate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So many of the calibration data are looked at: in the classes&apos; proportion, chosen by the seed. All of them where there are fewer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::DockTitle</name>
    <message>
        <source>Close %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close; the Window menu brings it back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::HistogramView</name>
    <message>
        <source>Histogram of the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 weights between %2 and %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before: %1 % of the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after: %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights of the selected layer show here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 % of the weights</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::InspectorPanel</name>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bytes before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bytes now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>known after measuring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what is left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weight error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now uses the weight of %1: no bytes of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: size known after measuring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weight error, measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weight error, of this matrix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>smallest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>largest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kurtosis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zeros</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no weights to look at: only config.json was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at the weights …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a layer on the map to see its weights, before and after. Several layers show their sums.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::JobStrip</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::LayerMap</name>
    <message>
        <source>Layer map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every layer of the model. Arrows move, Enter opens a layer, Space switches a step on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (log)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weight error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1b</source>
        <comment>few letters for bits: 4b</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>r%1</source>
        <comment>few letters for a rank: r24</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>few letters for how many heads or neurons stay</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>e·%1</source>
        <comment>few letters for the kept share of a matrix&apos;s energy</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>r·%1</source>
        <comment>few letters for the kept share of a rank</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cross-attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>norm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>encoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It uses the weights of %1 and takes no bytes of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It took %1; what it takes is known after measuring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes %1, as in the original.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes %1 of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Applied: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its %1 is %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was %1; size known after measuring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, was %2 (%3 % left)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>uses the weights of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>width: bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>width: square root of bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>width: equal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>untouched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cut away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size known after measuring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shared: no bytes of its own</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::LayerMapPanel</name>
    <message>
        <source>%1 G parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 M parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What colour shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour: bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour: technique</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour: weight error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What width shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width: √ bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width: bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width: equal</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::MainWindow</name>
    <message>
        <source>Open a model: the folder with config.json</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pare projects (*.pare)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open labelled examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open labelled examples to calibrate on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables (*.tsv *.csv *.jsonl *.ndjson *.json);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the steps of a recipe file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipes (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a copy of the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures (*.png *.svg *.pdf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size against accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows, 95 % intervals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a &amp;model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a &amp;project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Recent projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the &amp;demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a data &amp;file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open cali&amp;bration data…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save a copy as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export the chart…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+E</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+Z</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy as command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+C</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Technique</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Widths</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Square root of bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All equal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl++</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+-</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit map and chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light or dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add a technique…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open a recipe file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save as a recipe file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>R&amp;un</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Previous run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>[</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>]</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the &amp;recipe of the shown run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset the layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Pare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>size known after measuring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trains every layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled examples whose answers are counted: a TSV, CSV or JSON lines file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibrated on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labelled examples that some techniques look at and that training learns, best of those the model was trained on; never those it is measured on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is learnt in training: add &quot;Recover by training&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs calibration data before it can be measured: choose them below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled; what was finished before is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open another model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening %1 …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project is open in another window or program. It is shown as it was when it was opened, and cannot be changed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project has no model yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Described from config.json alone: sizes are counted, but without weights nothing can be measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sizes are counted already. To measure accuracy, choose labelled examples: a TSV, CSV or JSON lines file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a data file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; looks at what its layers are given. To measure it, choose calibration data: labelled examples, best of those the model was trained on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open calibration data…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::Meter</name>
    <message>
        <source>as it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the exported file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the recipe cannot be run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>known after measuring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much some layers keep depends on weights or data, and shows when the recipe is carried out. It was %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 % of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 bytes: what model.safetensors would hold, counted without writing it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ± %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy, %1 test rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs a data file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>% ± %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>95 % interval: %1 to %2 % of %3 rows. The same answers as the original: %4 %. The bar goes from %5 to 100 %.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One answer, 1 thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One answer, %1 threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Median of one text at a time, warm; between %1 and %2 ms for 90 of 100. %3 texts a second in batches. Kernels that ran: %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project is read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs a model with weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs a data file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs calibration data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured already; the figures are those of this recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compress the model as the recipe says and measure it (Ctrl+R)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::RecipePanel</name>
    <message>
        <source>Nothing is done to the model yet. Add a technique: to all layers it is made for, or to those selected on the map.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ Add a technique</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown: the measured run &quot;%1&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ Add to the selected layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ Add to %1 selected layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::RunsModel</name>
    <message>
        <source>%1 % (95 %: %2 to %3) of %4 rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same answers as the original: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calibrated on %1 examples of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s), seed %1</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>What was done to the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the exported model.safetensors, 1 MB = 1,000,000 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Primary metric, % of the rows of the data file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acc.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time of one answer, median, milliseconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ms</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::RunsPanel</name>
    <message>
        <source>No runs yet. Measure a recipe, or the model as it is, with Ctrl+R.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::SettingEditor</name>
    <message>
        <source>From %1 to %2 %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the place of: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only with %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> or </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::SettingsForm</name>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which layers: names with *, or role=query,key, block=0,2-5, stack=encoder, joined by &quot;and&quot;, each with &quot;not&quot; before it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layers selected on the map become the layers of this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the selection (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the selection</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::StartPage</name>
    <message>
        <source>Recent projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What can each layer lose?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a language model, switch compression on layer by layer, and see at once what it costs in bytes, and measured on real text what it costs in accuracy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A small trained BERT and real text: every recipe is measured here, on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder with config.json and model.safetensors. A folder dropped here opens as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A .pare file: recipes, runs and the way there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::StepCard</name>
    <message>
        <source>Step is on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::TechniqueChooser</name>
    <message>
        <source>Some techniques look at what their layers are given. They need calibration data: labelled examples, best of those the model was trained on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs calibration data</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::TradeoffChart</name>
    <message>
        <source>bars: 95 % intervals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing measured yet. Every run becomes a point here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>95 % between %1 and %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size against accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Selected: %1, %2, %3, %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exported file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (log)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::TradeoffPanel</name>
    <message>
        <source>Size against accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the size is scaled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size: logarithmic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size: linear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>pare::Workspace</name>
    <message>
        <source>Layer map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
