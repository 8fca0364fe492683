<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>QTableView</name>
    <message>
        <source>Copy rows</source>
        <translation>행 복사</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>Measuring %1</source>
        <translation>측정 중: %1</translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation>먼저 모델을 여세요</translation>
    </message>
    <message>
        <source>Choose a data file first: labelled examples as TSV, CSV or JSON lines</source>
        <translation>먼저 데이터 파일을 선택하세요. 레이블이 있는 예시(TSV, CSV 또는 JSON Lines)여야 합니다</translation>
    </message>
    <message>
        <source>%1 looks at what its layers are given: choose calibration data first, labelled examples as TSV, CSV or JSON lines</source>
        <translation>%1: 레이어의 입력을 살펴보는 기법입니다. 먼저 보정 데이터를 선택하세요. 레이블이 있는 예시(TSV, CSV 또는 JSON Lines)여야 합니다</translation>
    </message>
    <message>
        <source>One threshold for several layers: what becomes of this one is known after measuring.</source>
        <translation>여러 레이어에 임곗값 하나를 씁니다. 이 레이어가 어떻게 되는지는 측정하면 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Heads, units or tokens are removed: which ones stay is known after measuring.</source>
        <translation>헤드, 유닛 또는 토큰을 제거합니다. 무엇이 남는지는 측정하면 알 수 있습니다.</translation>
    </message>
    <message>
        <source>The recipe removes this layer.</source>
        <translation>레시피에서 제거하는 레이어입니다.</translation>
    </message>
    <message>
        <source>The recipe trains the model: what becomes of a layer shows once it has run.</source>
        <translation>모델을 학습하는 레시피입니다. 레이어가 어떻게 되는지는 실행해야 알 수 있습니다.</translation>
    </message>
    <message>
        <source>The technique looks at data: what becomes of this matrix is known after measuring.</source>
        <translation>데이터를 살펴보는 기법입니다. 이 행렬이 어떻게 되는지는 측정하면 알 수 있습니다.</translation>
    </message>
    <message>
        <source>This recipe was measured already</source>
        <translation>이 레시피는 이미 측정했습니다</translation>
    </message>
    <message>
        <source>%1: neither a command nor a file or folder that is there</source>
        <translation>%1: 명령도 아니고, 있는 파일이나 폴더도 아닙니다</translation>
    </message>
    <message>
        <source>%1: the window cannot open names that are not valid UTF-8; rename it, or use a command</source>
        <translation>%1: 창에서는 올바른 UTF-8이 아닌 이름을 열 수 없습니다. 이름을 바꾸거나 명령을 사용하세요</translation>
    </message>
    <message>
        <source>there is no display to show a window on; `pare --help` lists what works without one</source>
        <translation>창을 표시할 디스플레이가 없습니다. 디스플레이 없이 쓸 수 있는 기능은 `pare --help`로 볼 수 있습니다</translation>
    </message>
    <message>
        <source>%1: no such file or folder</source>
        <translation>%1: 그런 파일이나 폴더가 없습니다</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2</source>
        <translation>%1: 읽을 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1: cannot be written: %2</source>
        <translation>%1: 쓸 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1: expected a file, found a folder or device</source>
        <translation>%1: 파일이어야 하는데 폴더나 장치입니다</translation>
    </message>
    <message>
        <source>%1: holds %2 bytes, expected at most %3</source>
        <translation>%1: 크기가 %2바이트이며, 최대 %3바이트까지 허용됩니다</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>nested deeper than %1 levels</source>
        <translation>%1단계보다 깊게 중첩되어 있습니다</translation>
    </message>
    <message>
        <source>%1: expected a model folder, a .safetensors, .gguf or .pt file or a config.json</source>
        <translation>%1: 모델 폴더, .safetensors, .gguf 또는 .pt 파일, config.json 중 하나여야 합니다</translation>
    </message>
    <message>
        <source>%1: there is no config.json; it says what the model computes</source>
        <translation>%1: config.json이 없습니다. 모델이 무엇을 계산하는지 알려 주는 파일입니다</translation>
    </message>
    <message>
        <source>%1: there is no model.safetensors beside config.json</source>
        <translation>%1: config.json 옆에 model.safetensors가 없습니다</translation>
    </message>
    <message>
        <source>%1: weights in %2 cannot be read; save the model as model.safetensors</source>
        <translation>%1: %2 형식의 가중치는 읽을 수 없습니다. 모델을 model.safetensors로 저장하세요</translation>
    </message>
    <message>
        <source>%1: the tensor %2 of layer %3 is missing</source>
        <translation>%1: 레이어 %3에 필요한 텐서가 없습니다: %2</translation>
    </message>
    <message>
        <source>%1: tensor %2: expected the shape %3, found %4</source>
        <translation>%1: 텐서 %2: 필요한 모양 %3, 실제 %4</translation>
    </message>
    <message>
        <source>%1: tensor %2: expected float32, float16, bfloat16 or float64, found %3</source>
        <translation>%1: 텐서 %2: float32, float16, bfloat16 또는 float64여야 하는데 실제 형식은 %3입니다</translation>
    </message>
    <message>
        <source>%1: %2 tensors belong to no layer and were ignored, the first is %3</source>
        <translation>%1: 텐서 %2개는 어느 레이어에도 속하지 않아 무시했습니다. 첫 번째: %3</translation>
    </message>
    <message>
        <source>%1: metadata &quot;pare&quot; cannot be read: %2</source>
        <translation>%1: 메타데이터 &quot;pare&quot;를 읽을 수 없습니다: %2</translation>
    </message>
    <message>
        <source>layers: expected an object, found %1</source>
        <translation>layers: 객체여야 하는데 실제 값은 %1입니다</translation>
    </message>
    <message>
        <source>%1: written in format %2, this program reads up to %3; a newer Pare can open it</source>
        <translation>%1: 형식 버전 %2입니다. 이 프로그램은 %3까지 읽습니다. 더 새로운 Pare로 여세요</translation>
    </message>
    <message>
        <source>%1: layer %2 is said to share %3, which owns no weight of its shape</source>
        <translation>%1: 레이어 %2: %3의 가중치를 공유한다고 되어 있으나, 그 레이어에는 같은 모양의 자체 가중치가 없습니다</translation>
    </message>
    <message>
        <source>%1: cannot be created: %2</source>
        <translation>%1: 만들 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1: holds %2, which Pare did not write; choose a new or an empty folder</source>
        <translation>%1: Pare가 쓰지 않은 %2이(가) 들어 있습니다. 새 폴더나 빈 폴더를 고르세요</translation>
    </message>
    <message>
        <source>%1: what is written there needs room for a while, which failed: %2</source>
        <translation>%1: 쓰는 동안 임시 공간이 필요한데 마련하지 못했습니다: %2</translation>
    </message>
    <message>
        <source>%1: cannot be copied: %2</source>
        <translation>%1: 복사할 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1: the selection &quot;%2&quot; leaves no layer of this model, which has blocks 0 to %4 in the stack %5; expected layers with one of the roles %3</source>
        <translation>%1: 선택 &quot;%2&quot;에 해당하는 레이어가 없습니다. 이 모델의 스택 %5에는 0번부터 %4번까지 블록이 있습니다. 다음 역할의 레이어가 필요합니다: %3</translation>
    </message>
    <message>
        <source>%1: the selection &quot;%2&quot; leaves no layer of this model; mode=%3 shares layers of blocks with one of the roles %4</source>
        <translation>%1: 선택 &quot;%2&quot;에 해당하는 레이어가 없습니다. mode=%3에서는 다음 역할을 하는 블록의 레이어를 공유합니다: %4</translation>
    </message>
    <message>
        <source>%1: rank %2 saves nothing in %3: a matrix of shape %4 breaks even at rank %5</source>
        <translation>%1: 랭크 %2: %3에서 줄어드는 것이 없습니다. 모양이 %4인 행렬은 랭크 %5에서 크기가 같아집니다</translation>
    </message>
    <message>
        <source>%1: keep=%2 leaves no rank in %3: a matrix of shape %4 breaks even at rank %5</source>
        <translation>%1: keep=%2: %3에 남는 랭크가 없습니다. 모양이 %4인 행렬은 랭크 %5에서 크기가 같아집니다</translation>
    </message>
    <message>
        <source>%1: blocks of %2 do not fit a whole number of times into shape %3 of %4</source>
        <translation>%1: 블록 %2: %4의 모양 %3에 나누어떨어지지 않습니다</translation>
    </message>
    <message>
        <source>%1: whether blocks of %2 fit the factors of %3 depends on their rank, which &quot;%4&quot; leaves to the weights; expected rank or keep there, or no block here</source>
        <translation>%1: 블록 %2: %3의 인수에 맞는지는 랭크에 따라 달라지는데, &quot;%4&quot; 설정은 랭크를 가중치에 맡깁니다. 그 설정에 rank나 keep을 쓰거나 여기에서 block을 빼세요</translation>
    </message>
    <message>
        <source>%1: blocks of %2 save nothing in %3 of shape %4: the two factors hold %5 weights</source>
        <translation>%1: 블록 %2: 모양이 %4인 %3에서 줄어드는 것이 없습니다. 두 인수의 가중치가 %5개입니다</translation>
    </message>
    <message>
        <source>%1: %2 of shape %3 is not the size of any product of two that holds fewer weights</source>
        <translation>%1: %2(모양 %3): 가중치 수가 더 적은 두 행렬의 곱으로 나타낼 수 없는 크기입니다</translation>
    </message>
    <message>
        <source>%1: no two factors of %2, whose shape is %3, hold keep=%4 of its weights; expected %5 at most</source>
        <translation>%1: %2(모양 %3): 가중치의 keep=%4만큼을 담는 두 인수가 없습니다. 최대 %5까지 가능합니다</translation>
    </message>
    <message>
        <source>&quot;%1&quot; leaves %2 of its layers whole: as many singular values as it asks for save nothing there (%3)</source>
        <translation>&quot;%1&quot;: 레이어 %2개는 그대로 둡니다. 필요한 특잇값 수로는 줄어드는 것이 없습니다(%3)</translation>
    </message>
    <message>
        <source>%1 looks at what a matrix is given, which is not known of the factors that &quot;%2&quot; makes of %3</source>
        <translation>%1: 행렬의 입력을 살펴보는 기법인데, &quot;%2&quot; 단계로 %3에서 만든 인수의 입력은 알 수 없습니다</translation>
    </message>
    <message>
        <source>what the calibration data say of this matrix (inputs or gradients) are not finite numbers</source>
        <translation>이 행렬에 대한 보정 데이터의 값(입력 또는 기울기)에 유한하지 않은 수가 있습니다</translation>
    </message>
    <message>
        <source>what the calibration data say of this matrix (inputs or gradients) is zero everywhere</source>
        <translation>이 행렬에 대한 보정 데이터의 값(입력 또는 기울기)이 모두 0입니다</translation>
    </message>
    <message>
        <source>split-epochs=%1 splits ternary weights, and the recipe makes none; expected a step quantize.ternary, or no split-epochs</source>
        <translation>split-epochs=%1: 삼진 가중치를 나누는 설정인데, 레시피에 삼진 가중치가 없습니다. quantize.ternary 단계를 넣거나 split-epochs를 빼세요</translation>
    </message>
    <message>
        <source>bits-from=%1: no weight that the recipe quantizes has fewer bits; expected a step such as quantize.affine with fewer, or no bits-from</source>
        <translation>bits-from=%1: 레시피에서 양자화하는 가중치 중 비트 수가 더 적은 것이 없습니다. 비트 수가 더 적은 quantize.affine 같은 단계를 넣거나 bits-from을 빼세요</translation>
    </message>
    <message>
        <source>%1 updates the weights of a matrix while it chooses among them and cannot find the smallest of several; expected scope=matrix or scope=row</source>
        <translation>%1: 고르는 동안 행렬의 가중치를 바꾸는 기법이라 여러 행렬에서 가장 작은 것을 찾을 수 없습니다. scope=matrix 또는 scope=row를 쓰세요</translation>
    </message>
    <message>
        <source>%1: mode=%2 needs at least %3 blocks to share among, the selection leaves %4 of %5</source>
        <translation>%1: mode=%2: 공유하려면 블록이 최소 %3개 필요한데, 선택에는 %5개 중 %4개가 있습니다</translation>
    </message>
    <message>
        <source>%1: %2 of shape %3 cannot use the weight of %4, whose shape is %5</source>
        <translation>%1: %2(모양 %3): %4의 가중치(모양 %5)를 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>%1: %2 cannot use the weight of %3: only one of the two has a bias</source>
        <translation>%1: %2: %3의 가중치를 쓸 수 없습니다. 둘 중 하나에만 바이어스가 있습니다</translation>
    </message>
    <message>
        <source>%1: the selection &quot;%2&quot; leaves nothing of this model that it could remove</source>
        <translation>%1: 선택 &quot;%2&quot;: 이 모델에서 제거할 수 있는 것이 없습니다</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; would leave none of the %3 %4 of block %5; one at least must stay</source>
        <translation>%1: &quot;%2&quot;: 블록 %5의 %4 %3개 중 남는 것이 없습니다. 최소 하나는 남아야 합니다</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; would leave none of the model&apos;s %3 blocks; one at least must stay</source>
        <translation>%1: &quot;%2&quot;: 모델의 블록 %3개 중 남는 것이 없습니다. 최소 하나는 남아야 합니다</translation>
    </message>
    <message>
        <source>%1: layer %2 is stored compressed (%3); rows and columns can only be removed from plain values</source>
        <translation>%1: 레이어 %2: 압축되어 저장되어 있습니다(%3). 행과 열은 일반 값에서만 제거할 수 있습니다</translation>
    </message>
    <message>
        <source>Looking for what the model needs least</source>
        <translation>모델에 가장 덜 필요한 것을 찾는 중</translation>
    </message>
    <message>
        <source>%1 needs the model&apos;s tokenizer, to know which tokens a text uses</source>
        <translation>%1: 텍스트에 쓰인 토큰을 알려면 모델의 토크나이저가 필요합니다</translation>
    </message>
    <message>
        <source>%1: layer %2 uses the weight of %3; once the table&apos;s narrow rows see each other, a decoder needs a table of its own</source>
        <translation>%1: 레이어 %2: %3의 가중치를 씁니다. 표의 좁은 행이 서로를 보게 되면 디코더에는 자체 표가 필요합니다</translation>
    </message>
    <message>
        <source>%1: Pare has no attention among token rows for models of the type %2</source>
        <translation>%1: 형식이 %2인 모델에 쓸 토큰 행 사이의 어텐션은 Pare에 없습니다</translation>
    </message>
    <message>
        <source>%1: the rank %2 of layer %3 is not a multiple of heads=%4</source>
        <translation>%1: 레이어 %3의 랭크 %2: heads=%4의 배수가 아닙니다</translation>
    </message>
    <message>
        <source>the steps are applied in this order: %1</source>
        <translation>단계의 적용 순서: %1</translation>
    </message>
    <message>
        <source>&quot;%1&quot; replaces &quot;%2&quot; in %3 layers</source>
        <translation>&quot;%1&quot;: 레이어 %3개에서 &quot;%2&quot; 단계를 대체합니다</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no effect: later steps replace it in every layer</source>
        <translation>&quot;%1&quot;: 효과가 없습니다. 모든 레이어에서 나중 단계가 대체합니다</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no effect: earlier steps remove all of its layers</source>
        <translation>&quot;%1&quot;: 효과가 없습니다. 앞 단계에서 해당 레이어를 모두 제거합니다</translation>
    </message>
    <message>
        <source>&quot;%1&quot; changes nothing in this model</source>
        <translation>&quot;%1&quot;: 이 모델에서 아무것도 바꾸지 않습니다</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: %2 of its layers use another layer&apos;s weight; it acts once, on the layers that own it</source>
        <translation>&quot;%1&quot;: 레이어 중 %2개는 다른 레이어의 가중치를 씁니다. 가중치를 가진 레이어에 한 번만 작용합니다</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: its layers share weights with others; it acts on the %2 owners and so changes %3 more layers</source>
        <translation>&quot;%1&quot;: 다른 레이어와 가중치를 공유하는 레이어가 있습니다. 가중치를 가진 레이어 %2개에 작용하므로 레이어 %3개가 더 바뀝니다</translation>
    </message>
    <message>
        <source>%1 looks at data and needs calibration data, labelled examples of the task; run, sweep and export take them as --calibration</source>
        <translation>%1: 데이터를 살펴보는 기법이라 보정 데이터(해당 태스크의 레이블이 있는 예시)가 필요합니다. run, sweep, export에서는 --calibration으로 지정합니다</translation>
    </message>
    <message>
        <source>%1 looks at how the loss changes with the weights and needs labelled calibration data; run, sweep and export take it as --calibration</source>
        <translation>%1: 가중치에 따른 손실 변화를 살펴보는 기법이라 레이블이 있는 보정 데이터가 필요합니다. run, sweep, export에서는 --calibration으로 지정합니다</translation>
    </message>
    <message>
        <source>the loss on calibration data needs a label for each of its %1 examples; there are %2</source>
        <translation>보정 데이터의 손실을 구하려면 예시 %1개마다 레이블이 필요한데, %2개만 있습니다</translation>
    </message>
    <message>
        <source>example %1 of the calibration data has the class %2; the model knows 0 to %3</source>
        <translation>보정 데이터의 예시 %1: 클래스가 %2입니다. 모델의 클래스는 0~%3입니다</translation>
    </message>
    <message>
        <source>the loss on calibration data needs a model that classifies; this one has no classifier</source>
        <translation>보정 데이터의 손실을 구하려면 분류 모델이어야 하는데, 이 모델에는 분류기가 없습니다</translation>
    </message>
    <message>
        <source>the loss of example %1 of the calibration data is not a finite number</source>
        <translation>보정 데이터의 예시 %1: 손실이 유한한 수가 아닙니다</translation>
    </message>
    <message>
        <source>Finding how the loss changes with the weights</source>
        <translation>가중치에 따른 손실 변화를 구하는 중</translation>
    </message>
    <message>
        <source>Measuring the loss without each block</source>
        <translation>블록을 하나씩 뺀 손실을 측정하는 중</translation>
    </message>
    <message>
        <source>%1: is learnt in training; expected &quot;recover&quot; in the recipe</source>
        <translation>%1: 학습 과정에서 배우는 기법입니다. 레시피에 &quot;recover&quot;가 필요합니다</translation>
    </message>
    <message>
        <source>share.layers keep-weights=best chooses by what models score and needs labelled examples for it; run, sweep and export take them as --dev</source>
        <translation>share.layers keep-weights=best: 모델의 점수로 고르므로 레이블이 있는 예시가 필요합니다. run, sweep, export에서는 --dev로 지정합니다</translation>
    </message>
    <message>
        <source>share.layers keep-weights=best: layer %1 is stored compressed; weights can only be chosen among plain ones</source>
        <translation>share.layers keep-weights=best: 레이어 %1: 압축되어 저장되어 있습니다. 일반 가중치 중에서만 고를 수 있습니다</translation>
    </message>
    <message>
        <source>the average of the blocks</source>
        <translation>블록의 평균</translation>
    </message>
    <message>
        <source>those of block %1</source>
        <translation>블록 %1의 가중치</translation>
    </message>
    <message>
        <source>those of blocks %1</source>
        <translation>블록 %1의 가중치</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: of %2 candidates these weights survive: %3 (%4 % right on the dev data, loss %5)</source>
        <translation>&quot;%1&quot;: 후보 %2개 중 남은 가중치: %3(개발 데이터 정답률 %4 %, 손실 %5)</translation>
    </message>
    <message>
        <source>%1 looks at what a matrix is given, which is not known of the parts that layer %2 is stored as</source>
        <translation>%1: 행렬의 입력을 살펴보는 기법인데, 레이어 %2의 저장된 부분별 입력은 알 수 없습니다</translation>
    </message>
    <message>
        <source>Compressing %1</source>
        <translation>압축 중: %1</translation>
    </message>
    <message>
        <source>Comparing outputs with the original&apos;s</source>
        <translation>출력을 원본의 출력과 비교하는 중</translation>
    </message>
    <message>
        <source>Comparing %1 with the original</source>
        <translation>원본과 비교 중: %1</translation>
    </message>
    <message>
        <source>layer %1: %2 of its %3 weights are not finite numbers</source>
        <translation>레이어 %1: 가중치 %3개 중 %2개가 유한한 수가 아닙니다</translation>
    </message>
    <message>
        <source>layer %1: cannot be compressed: %2</source>
        <translation>레이어 %1: 압축할 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1: this technique chooses scales itself and needs evenly spaced values</source>
        <translation>%1: 스케일을 직접 정하는 기법이라 간격이 일정한 값이 필요합니다</translation>
    </message>
    <message>
        <source>%1: k-means chooses the values of a codebook and needs one</source>
        <translation>%1: k-평균으로 코드북의 값을 고르므로 코드북이 필요합니다</translation>
    </message>
    <message>
        <source>the calibration data give this matrix inputs that are not finite numbers</source>
        <translation>보정 데이터에서 이 행렬의 입력에 유한하지 않은 수가 있습니다</translation>
    </message>
    <message>
        <source>the calibration data give this matrix no input other than zero</source>
        <translation>보정 데이터에서 이 행렬의 입력이 모두 0입니다</translation>
    </message>
    <message>
        <source>%1: holds no examples</source>
        <translation>%1: 예시가 없습니다</translation>
    </message>
    <message>
        <source>%1: needs a column &quot;label&quot; to be measured against</source>
        <translation>%1: 채점하려면 &quot;label&quot; 열이 필요합니다</translation>
    </message>
    <message>
        <source>%1: row %2: the model does not know the label &quot;%3&quot;; expected one of: %4</source>
        <translation>%1: %2행: 모델에 없는 레이블 &quot;%3&quot;입니다. 다음 중 하나여야 합니다: %4</translation>
    </message>
    <message>
        <source>Reading texts</source>
        <translation>텍스트를 읽는 중</translation>
    </message>
    <message>
        <source>Measuring accuracy</source>
        <translation>정확도를 측정하는 중</translation>
    </message>
    <message>
        <source>%1: the data has %2 labels, the model answers with %3</source>
        <translation>%1: 데이터의 레이블은 %2개인데 모델의 응답은 %3가지입니다</translation>
    </message>
    <message>
        <source>%1: row %2: the model&apos;s answer is not a finite number</source>
        <translation>%1: %2행: 모델의 응답이 유한한 수가 아닙니다</translation>
    </message>
    <message>
        <source>%1: the label &quot;%2&quot; holds a tab or a line break, which a tab-separated file cannot</source>
        <translation>%1: 레이블 &quot;%2&quot;에 탭이나 줄 바꿈이 있어 탭으로 구분한 파일에 담을 수 없습니다</translation>
    </message>
    <message>
        <source>better</source>
        <translation>더 나음</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>더 나쁨</translation>
    </message>
    <message>
        <source>prune.vocabulary keeps the tokens of a text and needs one: text=FILE, or calibration data</source>
        <translation>prune.vocabulary: 텍스트의 토큰을 남기므로 텍스트가 필요합니다. text=FILE이나 보정 데이터를 지정하세요</translation>
    </message>
    <message>
        <source>technique &quot;%1&quot;: expected a range such as rank=32..256:32, found &quot;%2&quot;</source>
        <translation>기법 &quot;%1&quot;: rank=32..256:32 같은 범위여야 하는데 실제 값은 &quot;%2&quot;입니다</translation>
    </message>
    <message>
        <source>technique &quot;%1&quot;: makes %2 recipes, expected at most %3</source>
        <translation>기법 &quot;%1&quot;: 레시피가 %2개가 됩니다. 최대 %3개까지 가능합니다</translation>
    </message>
    <message>
        <source>technique &quot;%1&quot;: no layer of this model is left to try it on</source>
        <translation>기법 &quot;%1&quot;: 시도해 볼 레이어가 이 모델에 없습니다</translation>
    </message>
    <message>
        <source>the demo model is missing; expected it in %1</source>
        <translation>데모 모델이 없습니다. 있어야 할 위치: %1</translation>
    </message>
    <message>
        <source>Opening the model</source>
        <translation>모델을 여는 중</translation>
    </message>
    <message>
        <source>Reading the data</source>
        <translation>데이터를 읽는 중</translation>
    </message>
    <message>
        <source>Compressing</source>
        <translation>압축하는 중</translation>
    </message>
    <message>
        <source>Measuring the original</source>
        <translation>원본을 측정하는 중</translation>
    </message>
    <message>
        <source>Measuring the result</source>
        <translation>결과를 측정하는 중</translation>
    </message>
    <message>
        <source>the recipe trains the model (&quot;recover&quot;); expected labelled examples to train on (--train)</source>
        <translation>모델을 학습하는 레시피입니다(&quot;recover&quot;). 학습할, 레이블이 있는 예시가 필요합니다(--train)</translation>
    </message>
    <message>
        <source>method=%1: masks are learnt from the labels alone; expected method=task beside prune.movement</source>
        <translation>method=%1: 마스크는 레이블만으로 배웁니다. prune.movement와 함께 쓰려면 method=task여야 합니다</translation>
    </message>
    <message>
        <source>%1: is a configuration; steps compress weights, and it has none</source>
        <translation>%1: 구성 파일입니다. 단계는 가중치를 압축하는데, 여기에는 가중치가 없습니다</translation>
    </message>
    <message>
        <source>%1: has no classifier, whose answers %2 teaches; fine-tune it first (pare train --init)</source>
        <translation>%1: 분류기가 없습니다. %2 방법은 분류기의 응답을 가르칩니다. 먼저 미세 조정하세요(pare train --init)</translation>
    </message>
    <message>
        <source>a run of a project is measured; expected --test or --dev beside --project</source>
        <translation>프로젝트의 실행은 측정해야 합니다. --project와 함께 --test나 --dev를 지정하세요</translation>
    </message>
    <message>
        <source>%1: has no classifier, so there is no accuracy of the teacher to compare with; fine-tune it first (pare train --init)</source>
        <translation>%1: 분류기가 없어 비교할 교사 모델의 정확도가 없습니다. 먼저 미세 조정하세요(pare train --init)</translation>
    </message>
    <message>
        <source>measured on the development data, by which the best epoch was chosen: other texts would say less good things of it</source>
        <translation>가장 좋은 에포크를 고를 때 쓴 개발 데이터로 측정했습니다. 다른 텍스트에서는 결과가 덜 좋을 수 있습니다</translation>
    </message>
    <message>
        <source>run %1: is a distilled student, and its weights are kept no longer; distil it again (pare distill)</source>
        <translation>실행 %1: 증류한 학생 모델이며, 가중치가 더 이상 보관되어 있지 않습니다. 다시 증류하세요(pare distill)</translation>
    </message>
    <message>
        <source>%1: has no classifier, so there is no accuracy to measure; fine-tune it first (pare train --init)</source>
        <translation>%1: 분류기가 없어 측정할 정확도가 없습니다. 먼저 미세 조정하세요(pare train --init)</translation>
    </message>
    <message>
        <source>%1: holds scores; only data with labels can be measured</source>
        <translation>%1: 점수 데이터입니다. 레이블이 있는 데이터만 측정할 수 있습니다</translation>
    </message>
    <message>
        <source>%1: is what is being read; choose another place to write to</source>
        <translation>%1: 지금 읽고 있는 파일입니다. 쓸 곳을 따로 지정하세요</translation>
    </message>
    <message>
        <source>run %1: the weights made again have the hash %2, those measured had %3; model, program, kernels or a text that the recipe names differ</source>
        <translation>실행 %1: 다시 만든 가중치의 해시는 %2, 측정 당시의 해시는 %3입니다. 모델, 프로그램, 커널 또는 레시피가 가리키는 텍스트가 다릅니다</translation>
    </message>
    <message>
        <source>single answers of the original took from %1 to %2 ms: something else kept the machine busy, so their time is no figure to rely on</source>
        <translation>원본의 응답 한 건에 %1~%2 ms가 걸렸습니다. 다른 작업이 컴퓨터를 쓰고 있었으므로 이 시간은 믿을 수 없습니다</translation>
    </message>
    <message>
        <source>single answers took from %1 to %2 ms: something else kept the machine busy, so their time is no figure to rely on</source>
        <translation>응답 한 건에 %1~%2 ms가 걸렸습니다. 다른 작업이 컴퓨터를 쓰고 있었으므로 이 시간은 믿을 수 없습니다</translation>
    </message>
    <message>
        <source>%1: how many bytes one threshold for several layers leaves depends on the weights, and there are none</source>
        <translation>%1: 여러 레이어에 임곗값 하나를 쓰면 남는 바이트는 가중치에 따라 달라지는데, 가중치가 없습니다</translation>
    </message>
    <message>
        <source>%1: holds other weights than run %2 measured</source>
        <translation>%1: 실행 %2에서 측정한 가중치와 다릅니다</translation>
    </message>
    <message>
        <source>there is not enough memory for this</source>
        <translation>메모리가 부족합니다</translation>
    </message>
    <message>
        <source>stopped by an unexpected error: %1</source>
        <translation>예기치 않은 오류로 중단되었습니다: %1</translation>
    </message>
    <message>
        <source>stopped by an unexpected error without a description</source>
        <translation>설명이 없는 예기치 않은 오류로 중단되었습니다</translation>
    </message>
    <message>
        <source>selection &quot;%1&quot;: expected a layer name, a pattern or KEY=VALUE between &quot;and&quot;s</source>
        <translation>선택 &quot;%1&quot;: &quot;and&quot; 사이에는 레이어 이름, 패턴 또는 KEY=VALUE가 와야 합니다</translation>
    </message>
    <message>
        <source>selection &quot;%1&quot;: expected role, block or stack before &quot;=&quot;, found &quot;%2&quot;</source>
        <translation>선택 &quot;%1&quot;: &quot;=&quot; 앞에는 role, block 또는 stack이 와야 하는데 실제 값은 &quot;%2&quot;입니다</translation>
    </message>
    <message>
        <source>selection &quot;%1&quot;: there is no role &quot;%2&quot;; expected one of: %3</source>
        <translation>선택 &quot;%1&quot;: &quot;%2&quot; 역할은 없습니다. 다음 중 하나여야 합니다: %3</translation>
    </message>
    <message>
        <source>selection &quot;%1&quot;: expected a block such as 3 or 2-5, found &quot;%2&quot;</source>
        <translation>선택 &quot;%1&quot;: 블록은 3이나 2-5처럼 써야 하는데 실제 값은 &quot;%2&quot;입니다</translation>
    </message>
    <message>
        <source>step &quot;%1&quot;: expected TECHNIQUE key=value … [@ SELECTION]</source>
        <translation>단계 &quot;%1&quot;: TECHNIQUE key=value … [@ SELECTION] 형식이어야 합니다</translation>
    </message>
    <message>
        <source>step &quot;%1&quot;: expected key=value, found &quot;%2&quot;</source>
        <translation>단계 &quot;%1&quot;: key=value 형식이어야 하는데 실제 값은 &quot;%2&quot;입니다</translation>
    </message>
    <message>
        <source>step &quot;%1&quot;: the setting %2 stands twice</source>
        <translation>단계 &quot;%1&quot;: %2 설정이 두 번 나옵니다</translation>
    </message>
    <message>
        <source>%1: no way to distil; expected one of %2</source>
        <translation>%1: 그런 증류 방법이 없습니다. 다음 중 하나여야 합니다: %2</translation>
    </message>
    <message>
        <source>%1: a method teaches whole models and takes no selection</source>
        <translation>%1: 모델 전체를 가르치는 방법이라 선택을 받지 않습니다</translation>
    </message>
    <message>
        <source>%1: expected &quot;recover&quot; with its settings and no selection</source>
        <translation>%1: &quot;recover&quot;와 그 설정만 올 수 있고, 선택은 받지 않습니다</translation>
    </message>
    <message>
        <source>%1: the recipe is trained already; it can be once</source>
        <translation>%1: 레시피에 이미 학습이 있습니다. 한 번만 넣을 수 있습니다</translation>
    </message>
    <message>
        <source>split-rate=%1: is the learning rate after a split; expected split-epochs beside it</source>
        <translation>split-rate=%1: 분할 후의 학습률입니다. split-epochs와 함께 써야 합니다</translation>
    </message>
    <message>
        <source>bits-from=%1: bits come down while labels are learnt; expected method=task, found method=%2</source>
        <translation>bits-from=%1: 레이블을 배우는 동안 비트가 줄어듭니다. method=task여야 하는데 실제 값은 method=%2입니다</translation>
    </message>
    <message>
        <source>there is no technique &quot;%1&quot;; expected one of: %2</source>
        <translation>없는 기법입니다: &quot;%1&quot;. 다음 중 하나여야 합니다: %2</translation>
    </message>
    <message>
        <source>there is no technique &quot;%1&quot;; the nearest is %2</source>
        <translation>없는 기법입니다: &quot;%1&quot;. 가장 비슷한 기법: %2</translation>
    </message>
    <message>
        <source>%1: there is no setting &quot;%2&quot;; expected one of: %3</source>
        <translation>%1: 없는 설정입니다: &quot;%2&quot;. 다음 중 하나여야 합니다: %3</translation>
    </message>
    <message>
        <source>%1: %2 expects a whole number from %3 to %4, found &quot;%5&quot;</source>
        <translation>%1: %2: %3~%4의 정수여야 하는데 실제 값은 &quot;%5&quot;입니다</translation>
    </message>
    <message>
        <source>%1: %2 expects a number from %3 to %4, found &quot;%5&quot;</source>
        <translation>%1: %2: %3~%4의 수여야 하는데 실제 값은 &quot;%5&quot;입니다</translation>
    </message>
    <message>
        <source>%1: %2 expects a whole number from %3 to %4, found &quot;%5&quot;; did you mean %6=%5?</source>
        <translation>%1: %2: %3~%4의 정수여야 하는데 실제 값은 &quot;%5&quot;입니다. 혹시 %6=%5?</translation>
    </message>
    <message>
        <source>%1: %2 expects a number from %3 to %4, found &quot;%5&quot;; did you mean %6=%5?</source>
        <translation>%1: %2: %3~%4의 수여야 하는데 실제 값은 &quot;%5&quot;입니다. 혹시 %6=%5?</translation>
    </message>
    <message>
        <source>%1: %2 expects one of %3, found &quot;%4&quot;</source>
        <translation>%1: %2: %3 중 하나여야 하는데 실제 값은 &quot;%4&quot;입니다</translation>
    </message>
    <message>
        <source>%1: %2 expects N:M with 0 &lt; N &lt; M &lt;= 32, found &quot;%3&quot;</source>
        <translation>%1: %2: 0 &lt; N &lt; M &lt;= 32인 N:M이어야 하는데 실제 값은 &quot;%3&quot;입니다</translation>
    </message>
    <message>
        <source>%1: %2 expects RxC, rows by columns from 1 to 4096, found &quot;%3&quot;</source>
        <translation>%1: %2: 행 x 열(각 1~4096)을 뜻하는 RxC여야 하는데 실제 값은 &quot;%3&quot;입니다</translation>
    </message>
    <message>
        <source>%1: %2 and %3 exclude each other</source>
        <translation>%1: 함께 쓸 수 없는 설정: %2, %3</translation>
    </message>
    <message>
        <source>%1: %2 only goes with %3</source>
        <translation>%1: 설정 %2: %3일 때만 쓸 수 있습니다</translation>
    </message>
    <message>
        <source>layer map: expected uniform, top, bottom, skip, last or pairs STUDENT:TEACHER such as 0:1,1:3 with layers from 0, found &quot;%1&quot;</source>
        <translation>레이어 맵: uniform, top, bottom, skip, last 또는 STUDENT:TEACHER 쌍(예: 0:1,1:3, 레이어는 0부터)이어야 하는데 실제 값은 &quot;%1&quot;입니다</translation>
    </message>
    <message>
        <source>layer map: layer %1 of the student stands twice; it can have one teacher</source>
        <translation>레이어 맵: 학생 모델의 %1번 레이어가 두 번 나옵니다. 교사 레이어는 하나만 지정할 수 있습니다</translation>
    </message>
    <message>
        <source>layer map: expected at least one pair of layers, found none</source>
        <translation>레이어 맵: 레이어 쌍이 하나 이상 필요한데 없습니다</translation>
    </message>
    <message>
        <source>layer map &quot;%1&quot;: the teacher has %2 layers; expected a student of no more, found %3</source>
        <translation>레이어 맵 &quot;%1&quot;: 교사 모델의 레이어는 %2개입니다. 학생 모델의 레이어는 그보다 많을 수 없는데 %3개입니다</translation>
    </message>
    <message>
        <source>layer map &quot;%1&quot;: leaves out the student&apos;s last layer, and it has only one; expected uniform, top, bottom or a pair</source>
        <translation>레이어 맵 &quot;%1&quot;: 학생 모델의 마지막 레이어를 빼는데, 레이어가 하나뿐입니다. uniform, top, bottom 또는 쌍이어야 합니다</translation>
    </message>
    <message>
        <source>layer map &quot;%1&quot;: expected layers of the student from 0 to %2, found %3</source>
        <translation>레이어 맵 &quot;%1&quot;: 학생 모델의 레이어는 0~%2여야 하는데 실제 값은 %3입니다</translation>
    </message>
    <message>
        <source>layer map &quot;%1&quot;: expected layers of the teacher from 0 to %2, found %3</source>
        <translation>레이어 맵 &quot;%1&quot;: 교사 모델의 레이어는 0~%2여야 하는데 실제 값은 %3입니다</translation>
    </message>
    <message>
        <source>%1: not valid JSON: %2</source>
        <translation>%1: 올바른 JSON이 아닙니다: %2</translation>
    </message>
    <message>
        <source>%1: %2: expected %3, found %4</source>
        <translation>%1: %2: 필요한 값 %3, 실제 값 %4</translation>
    </message>
    <message>
        <source>%1: %2: there is no key &quot;%3&quot;; expected %4</source>
        <translation>%1: %2: &quot;%3&quot; 키가 없습니다. 필요한 것: %4</translation>
    </message>
    <message>
        <source>%1: model_type &quot;%2&quot; is not one Pare knows; expected one of: %3</source>
        <translation>%1: Pare에서 모르는 model_type &quot;%2&quot;입니다. 다음 중 하나여야 합니다: %3</translation>
    </message>
    <message>
        <source>%1: Pare can describe an ALBERT model, but not run it: it does not compute the projection from the width of the embedding to that of the blocks</source>
        <translation>%1: Pare에서 ALBERT 모델은 나타낼 수만 있고 실행할 수는 없습니다. 임베딩 너비에서 블록 너비로 가는 투영을 계산하지 않습니다</translation>
    </message>
    <message>
        <source>%1: Pare can describe a DistilBERT model, but not run it: it does not compute embeddings without token types, nor this classifier</source>
        <translation>%1: Pare에서 DistilBERT 모델은 나타낼 수만 있고 실행할 수는 없습니다. 토큰 유형이 없는 임베딩과 이 분류기를 계산하지 않습니다</translation>
    </message>
    <message>
        <source>%1: Pare can describe a Marian model, but not run it: it does not compute cross-attention, which this decoder needs</source>
        <translation>%1: Pare에서 Marian 모델은 나타낼 수만 있고 실행할 수는 없습니다. 이 디코더에 필요한 교차 어텐션을 계산하지 않습니다</translation>
    </message>
    <message>
        <source>%1: not a valid configuration: %2</source>
        <translation>%1: 올바른 구성 파일이 아닙니다: %2</translation>
    </message>
    <message>
        <source>%1: model_type: expected a text such as &quot;bert&quot;, found %2</source>
        <translation>%1: model_type: &quot;bert&quot; 같은 텍스트여야 하는데 실제 값은 %2입니다</translation>
    </message>
    <message>
        <source>%1: %2: expected a whole number from %3 to %4, found %5</source>
        <translation>%1: %2: %3~%4의 정수여야 하는데 실제 값은 %5입니다</translation>
    </message>
    <message>
        <source>%1: %2: expected a number from %3 to %4, found %5</source>
        <translation>%1: %2: %3~%4의 수여야 하는데 실제 값은 %5입니다</translation>
    </message>
    <message>
        <source>%1: %2: expected a text, found %3</source>
        <translation>%1: %2: 텍스트여야 하는데 실제 값은 %3입니다</translation>
    </message>
    <message>
        <source>%1: %2: expected true or false, found %3</source>
        <translation>%1: %2: true 또는 false여야 하는데 실제 값은 %3입니다</translation>
    </message>
    <message>
        <source>%1: %2 is %3; Pare can only run models with %4 there</source>
        <translation>%1: %2: 값이 %3입니다. Pare에서는 이 값이 %4인 모델만 실행할 수 있습니다</translation>
    </message>
    <message>
        <source>%1: %2: expected gelu, gelu_new, relu, silu or tanh, found &quot;%3&quot;</source>
        <translation>%1: %2: gelu, gelu_new, relu, silu 또는 tanh여야 하는데 실제 값은 &quot;%3&quot;입니다</translation>
    </message>
    <message>
        <source>%1: %2 %3 is not a multiple of %4 %5</source>
        <translation>%1: %2 %3: %4 %5의 배수가 아닙니다</translation>
    </message>
    <message>
        <source>%1: position_embedding_size: expected embedding_size, %2, or hidden_size, %3, found %4</source>
        <translation>%1: position_embedding_size: embedding_size(%2) 또는 hidden_size(%3)여야 하는데 실제 값은 %4입니다</translation>
    </message>
    <message>
        <source>%1: id2label: expected a text for each index from 0 to the number of labels less one</source>
        <translation>%1: id2label: 0부터 레이블 수보다 1 작은 수까지 모든 번호에 텍스트가 있어야 합니다</translation>
    </message>
    <message>
        <source>%1: id2label: the label &quot;%2&quot; stands twice</source>
        <translation>%1: id2label: &quot;%2&quot; 레이블이 두 번 나옵니다</translation>
    </message>
    <message>
        <source>%1: architectures: expected a list of class names, found %2</source>
        <translation>%1: architectures: 클래스 이름의 목록이어야 하는데 실제 값은 %2입니다</translation>
    </message>
    <message>
        <source>%1: %2: expected a list of %3 whole numbers from %4 to %5, found %6</source>
        <translation>%1: %2: %4~%5의 정수 %3개로 된 목록이어야 하는데 실제 값은 %6입니다</translation>
    </message>
    <message>
        <source>%1: %2: expected an object, found %3</source>
        <translation>%1: %2: 객체여야 하는데 실제 값은 %3입니다</translation>
    </message>
    <message>
        <source>%1: pruned_heads: expected lists of heads by blocks from 0 to %2, found &quot;%3&quot;: %4</source>
        <translation>%1: pruned_heads: 블록 0~%2의 헤드 목록이어야 하는데 실제 값은 &quot;%3&quot;: %4입니다</translation>
    </message>
    <message>
        <source>%1: pruned_heads: block %2: expected heads from 0 to %3, each once, found %4</source>
        <translation>%1: pruned_heads: 블록 %2: 0~%3의 헤드가 한 번씩만 나와야 하는데 실제 값은 %4입니다</translation>
    </message>
    <message>
        <source>%1: pruned_heads: block %2: at least one of its %3 heads must stay</source>
        <translation>%1: pruned_heads: 블록 %2: 헤드 %3개 중 최소 하나는 남아야 합니다</translation>
    </message>
    <message>
        <source>%1: width %2 is not a multiple of heads %3</source>
        <translation>%1: 너비 %2: 헤드 수 %3의 배수가 아닙니다</translation>
    </message>
    <message>
        <source>%1: the key &quot;%2&quot; is unknown, and a newer version of Pare may compute something else by it</source>
        <translation>%1: 알 수 없는 키 &quot;%2&quot;입니다. 더 새로운 Pare에서는 이 키로 무언가를 계산할 수 있습니다</translation>
    </message>
    <message>
        <source>%1: the key &quot;%2&quot; is unknown and was ignored</source>
        <translation>%1: 알 수 없는 키 &quot;%2&quot;라서 무시했습니다</translation>
    </message>
    <message>
        <source>a stored run cannot be read: %1</source>
        <translation>저장된 실행을 읽을 수 없습니다: %1</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>구조</translation>
    </message>
    <message>
        <source>Weight sharing</source>
        <translation>가중치 공유</translation>
    </message>
    <message>
        <source>Low rank</source>
        <translation>저랭크 분해</translation>
    </message>
    <message>
        <source>Pruning</source>
        <translation>가지치기</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>양자화</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Acts on matrices; norms and biases are a thousandth of a model and keep their values.</source>
        <translation>행렬에 작용합니다. 정규화와 바이어스는 모델의 천분의 일에 불과하므로 값을 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Acts on matrices that multiply; the rows of an embedding table are looked up one at a time, so that its inputs say nothing about its columns.</source>
        <translation>곱셈을 하는 행렬에 작용합니다. 임베딩 표는 행을 하나씩 찾아 쓰므로 입력에서 열에 대해 알 수 있는 것이 없습니다.</translation>
    </message>
    <message>
        <source>Acts on the layers of blocks, of which there are several alike.</source>
        <translation>같은 모양이 여럿 있는, 블록의 레이어에 작용합니다.</translation>
    </message>
    <message>
        <source>Acts on attention, which alone has heads.</source>
        <translation>헤드가 있는 유일한 부분인 어텐션에 작용합니다.</translation>
    </message>
    <message>
        <source>Acts on the feed-forward half of blocks, whose two matrices share its units.</source>
        <translation>블록의 피드포워드 부분에 작용합니다. 그 두 행렬이 유닛을 함께 씁니다.</translation>
    </message>
    <message>
        <source>Acts on the token embedding, the one wide table.</source>
        <translation>넓은 표가 하나뿐인 토큰 임베딩에 작용합니다.</translation>
    </message>
    <message>
        <source>Remove heads</source>
        <translation>헤드 제거</translation>
    </message>
    <message>
        <source>Each block keeps its most important attention heads; query, key, value and output become smaller.</source>
        <translation>블록마다 가장 중요한 어텐션 헤드만 남깁니다. 쿼리, 키, 값, 출력 행렬이 작아집니다.</translation>
    </message>
    <message>
        <source>Remove feed-forward units</source>
        <translation>피드포워드 유닛 제거</translation>
    </message>
    <message>
        <source>Each block keeps its most important feed-forward units; both matrices become smaller.</source>
        <translation>블록마다 가장 중요한 피드포워드 유닛만 남깁니다. 두 행렬이 모두 작아집니다.</translation>
    </message>
    <message>
        <source>Remove blocks</source>
        <translation>블록 제거</translation>
    </message>
    <message>
        <source>Whole blocks go; the others follow each other.</source>
        <translation>블록을 통째로 빼고 나머지를 차례로 잇습니다.</translation>
    </message>
    <message>
        <source>Remove unused tokens</source>
        <translation>쓰지 않는 토큰 제거</translation>
    </message>
    <message>
        <source>Tokens that a text does not use leave the vocabulary; special ones and single characters stay.</source>
        <translation>텍스트에 쓰이지 않은 토큰을 어휘에서 뺍니다. 특수 토큰과 한 글자 토큰은 남깁니다.</translation>
    </message>
    <message>
        <source>Share layers</source>
        <translation>레이어 공유</translation>
    </message>
    <message>
        <source>Several blocks use the weights of one; the others cost no bytes of their own.</source>
        <translation>여러 블록이 한 블록의 가중치를 씁니다. 나머지 블록은 자체 바이트가 들지 않습니다.</translation>
    </message>
    <message>
        <source>Low rank by SVD</source>
        <translation>SVD 저랭크 분해</translation>
    </message>
    <message>
        <source>A matrix becomes the product of two thin ones, the best of that rank.</source>
        <translation>행렬이 얇은 두 행렬의 곱, 곧 그 랭크에서 가장 좋은 곱이 됩니다.</translation>
    </message>
    <message>
        <source>Low rank by Fisher information</source>
        <translation>피셔 정보 저랭크 분해</translation>
    </message>
    <message>
        <source>As by SVD, but rows that the loss depends on more count more.</source>
        <translation>SVD와 같지만, 손실에 더 큰 영향을 주는 행에 더 큰 비중을 둡니다.</translation>
    </message>
    <message>
        <source>Low rank by input size</source>
        <translation>입력 크기 저랭크 분해</translation>
    </message>
    <message>
        <source>As by SVD, but columns of large inputs count more.</source>
        <translation>SVD와 같지만, 입력이 큰 열에 더 큰 비중을 둡니다.</translation>
    </message>
    <message>
        <source>Low rank by outputs</source>
        <translation>출력 기준 저랭크 분해</translation>
    </message>
    <message>
        <source>The product of that rank whose outputs differ least from the matrix&apos;s.</source>
        <translation>그 랭크에서 출력이 원래 행렬의 출력과 가장 덜 다른 곱을 씁니다.</translation>
    </message>
    <message>
        <source>Narrow token embedding</source>
        <translation>좁은 토큰 임베딩</translation>
    </message>
    <message>
        <source>The token table becomes a narrow one and a projection to the full width.</source>
        <translation>토큰 표가 좁은 표와 전체 너비로 가는 투영이 됩니다.</translation>
    </message>
    <message>
        <source>Narrow token embedding that looks around</source>
        <translation>주위를 살피는 좁은 토큰 임베딩</translation>
    </message>
    <message>
        <source>The token table becomes a narrow one whose rows see each other before a projection to the full width; meant to be trained.</source>
        <translation>토큰 표가 좁은 표가 되고, 그 행이 서로를 살핀 뒤 전체 너비로 투영됩니다. 학습을 전제로 한 기법입니다.</translation>
    </message>
    <message>
        <source>Kronecker product</source>
        <translation>크로네커 곱</translation>
    </message>
    <message>
        <source>A matrix becomes one small matrix times each weight of another, the nearest such product.</source>
        <translation>작은 행렬 하나를 다른 행렬의 각 가중치에 곱한 형태 중 원래 행렬에 가장 가까운 것을 씁니다.</translation>
    </message>
    <message>
        <source>Prune small weights</source>
        <translation>작은 가중치 가지치기</translation>
    </message>
    <message>
        <source>The weights nearest to zero are removed; the others stay as they are.</source>
        <translation>0에 가장 가까운 가중치를 제거합니다. 나머지는 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Prune by what the loss loses</source>
        <translation>손실 변화 기준 가지치기</translation>
    </message>
    <message>
        <source>The weights whose removal changes the loss least, judged by its slope in the original model, are removed.</source>
        <translation>원래 모델의 기울기로 판단하여, 제거해도 손실이 가장 적게 변하는 가중치를 제거합니다.</translation>
    </message>
    <message>
        <source>Prune by weight and input</source>
        <translation>가중치와 입력 기준 가지치기</translation>
    </message>
    <message>
        <source>The weights whose size times that of their inputs is smallest are removed.</source>
        <translation>가중치의 크기와 입력의 크기를 곱한 값이 가장 작은 가중치를 제거합니다.</translation>
    </message>
    <message>
        <source>Prune by SparseGPT</source>
        <translation>SparseGPT 가지치기</translation>
    </message>
    <message>
        <source>Removes column by column; the columns still to come make good what each removal did to the outputs.</source>
        <translation>열을 차례로 제거합니다. 제거할 때마다 출력에 생긴 변화를 아직 남은 열이 메웁니다.</translation>
    </message>
    <message>
        <source>Prune what moves to zero</source>
        <translation>0으로 향하는 가중치 가지치기</translation>
    </message>
    <message>
        <source>The weights that training moves towards zero are removed; every weight learns a score beside its value.</source>
        <translation>학습이 0 쪽으로 움직이는 가중치를 제거합니다. 가중치마다 값과 함께 점수를 학습합니다.</translation>
    </message>
    <message>
        <source>Prune what moves to zero, softly</source>
        <translation>0으로 향하는 가중치 가지치기(소프트)</translation>
    </message>
    <message>
        <source>As by movement, but a penalty decides how many weights of each matrix go.</source>
        <translation>이동(movement) 가지치기와 같지만, 행렬마다 가중치를 몇 개나 뺄지는 벌점으로 정해집니다.</translation>
    </message>
    <message>
        <source>Quantize to few bits</source>
        <translation>적은 비트로 양자화</translation>
    </message>
    <message>
        <source>Each weight is rounded to the nearest of evenly spaced values.</source>
        <translation>각 가중치를 일정한 간격의 값 중 가장 가까운 값으로 반올림합니다.</translation>
    </message>
    <message>
        <source>Quantize by GPTQ</source>
        <translation>GPTQ 양자화</translation>
    </message>
    <message>
        <source>Rounds column by column; the columns still to come make good what each rounding did to the outputs.</source>
        <translation>열을 차례로 반올림합니다. 반올림할 때마다 출력에 생긴 변화를 아직 남은 열이 메웁니다.</translation>
    </message>
    <message>
        <source>Compute in 8 bits</source>
        <translation>8비트 계산</translation>
    </message>
    <message>
        <source>Weights are stored in 8 bits, inputs rounded to 8 bits on the way, and multiplied so where the processor can.</source>
        <translation>가중치를 8비트로 저장하고, 입력도 그때그때 8비트로 반올림하여, 프로세서가 지원하면 그대로 곱합니다.</translation>
    </message>
    <message>
        <source>Compute in 8 bits by SmoothQuant</source>
        <translation>SmoothQuant 8비트 계산</translation>
    </message>
    <message>
        <source>As computing in 8 bits; what is hard to round of the inputs moves into the weights first.</source>
        <translation>8비트 계산과 같지만, 입력에서 반올림하기 어려운 부분을 먼저 가중치로 옮깁니다.</translation>
    </message>
    <message>
        <source>Compute in 8 bits but for outliers</source>
        <translation>이상치를 제외한 8비트 계산</translation>
    </message>
    <message>
        <source>As computing in 8 bits; the few inputs that are very large meet their weights in half precision.</source>
        <translation>8비트 계산과 같지만, 매우 큰 소수의 입력은 반정밀도로 가중치와 곱합니다.</translation>
    </message>
    <message>
        <source>Quantize by AWQ</source>
        <translation>AWQ 양자화</translation>
    </message>
    <message>
        <source>Weights of large inputs are scaled up before they are rounded, and so lose less.</source>
        <translation>입력이 큰 가중치를 키운 뒤 반올림하여 손실을 줄입니다.</translation>
    </message>
    <message>
        <source>Quantize to a codebook</source>
        <translation>코드북 양자화</translation>
    </message>
    <message>
        <source>Each weight becomes the nearest of a few values that k-means finds among them.</source>
        <translation>각 가중치를 k-평균으로 찾은 몇 개의 값 중 가장 가까운 값으로 바꿉니다.</translation>
    </message>
    <message>
        <source>Share values</source>
        <translation>값 공유</translation>
    </message>
    <message>
        <source>All weights of a matrix share a few values, which k-means finds among them; stored is which of them.</source>
        <translation>행렬의 모든 가중치가 k-평균으로 찾은 몇 개의 값을 함께 씁니다. 어느 값인지만 저장합니다.</translation>
    </message>
    <message>
        <source>Half precision</source>
        <translation>반정밀도</translation>
    </message>
    <message>
        <source>Each weight is stored in 16 bits, 5 for its size and 10 for its digits.</source>
        <translation>각 가중치를 16비트로 저장합니다. 크기에 5비트, 숫자에 10비트를 씁니다.</translation>
    </message>
    <message>
        <source>Bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <source>Each weight is stored in 16 bits, 8 for its size and 7 for its digits.</source>
        <translation>각 가중치를 16비트로 저장합니다. 크기에 8비트, 숫자에 7비트를 씁니다.</translation>
    </message>
    <message>
        <source>Quantize to three values</source>
        <translation>세 가지 값으로 양자화</translation>
    </message>
    <message>
        <source>Each weight becomes zero, or plus or minus the mean size of the large ones.</source>
        <translation>각 가중치가 0이 되거나, 큰 가중치들의 평균 크기에 부호를 붙인 값이 됩니다.</translation>
    </message>
    <message>
        <source>Quantize to the sign</source>
        <translation>부호로 양자화</translation>
    </message>
    <message>
        <source>Only the sign of each weight stays, and the mean of their sizes.</source>
        <translation>각 가중치의 부호와 가중치 크기의 평균만 남깁니다.</translation>
    </message>
    <message>
        <source>Bits of one stored weight</source>
        <translation>저장되는 가중치 하나의 비트 수</translation>
    </message>
    <message>
        <source>What shares one scale: the matrix, an output channel, or a group of weights within it</source>
        <translation>스케일 하나를 함께 쓰는 단위: 행렬, 출력 채널, 또는 그 안의 가중치 그룹</translation>
    </message>
    <message>
        <source>How many consecutive weights of a row share one scale</source>
        <translation>한 행에서 이어진 가중치 몇 개가 스케일 하나를 함께 쓰는지</translation>
    </message>
    <message>
        <source>Whether the steps lie evenly around zero; otherwise each scale has a zero point</source>
        <translation>값의 간격이 0을 중심으로 고르게 놓이는지 여부. 그렇지 않으면 스케일마다 영점을 둡니다</translation>
    </message>
    <message>
        <source>How far the steps reach: to the outermost weights, to all but one in a thousand, or as far as the squared error wants</source>
        <translation>값의 범위: 가장 바깥 가중치까지, 천 개 중 하나를 뺀 나머지까지, 또는 제곱 오차가 가장 작은 데까지</translation>
    </message>
    <message>
        <source>Share of the weights set to zero</source>
        <translation>0으로 만드는 가중치의 비율</translation>
    </message>
    <message>
        <source>Keep N of every M consecutive weights of a row, as in 2:4</source>
        <translation>한 행에서 이어진 가중치 M개마다 N개를 남깁니다. 예: 2:4</translation>
    </message>
    <message>
        <source>Weights go or stay by whole blocks of R rows and C columns, as in 4x4; otherwise one by one</source>
        <translation>R행 C열의 블록 단위로 가중치를 빼거나 남깁니다. 예: 4x4. 지정하지 않으면 하나씩 처리합니다</translation>
    </message>
    <message>
        <source>Among which weights the smallest are found: each matrix, each row, or all selected layers</source>
        <translation>가장 작은 가중치를 찾는 범위: 행렬마다, 행마다, 또는 선택한 모든 레이어</translation>
    </message>
    <message>
        <source>Whose inputs a layer is judged by: those of the model as compressed so far, or those of the original</source>
        <translation>레이어를 판단하는 입력: 지금까지 압축한 모델의 입력 또는 원본의 입력</translation>
    </message>
    <message>
        <source>How many singular values are kept</source>
        <translation>남기는 특잇값의 수</translation>
    </message>
    <message>
        <source>Share of the matrix&apos;s parameters that both factors together keep</source>
        <translation>두 인수를 합하여 남기는, 행렬의 파라미터 비율</translation>
    </message>
    <message>
        <source>Share of the sum of squared singular values that the kept ones hold; a matrix that needs too many of them stays whole</source>
        <translation>남긴 특잇값이 차지하는, 특잇값 제곱합의 비율. 특잇값이 너무 많이 필요한 행렬은 그대로 둡니다</translation>
    </message>
    <message>
        <source>How far the product may be from the matrix, by what the technique counts; a matrix that needs too many singular values stays whole</source>
        <translation>곱이 원래 행렬과 달라도 되는 정도(기법별 기준). 특잇값이 너무 많이 필요한 행렬은 그대로 둡니다</translation>
    </message>
    <message>
        <source>Share that stays</source>
        <translation>남기는 비율</translation>
    </message>
    <message>
        <source>How many stay</source>
        <translation>남기는 수</translation>
    </message>
    <message>
        <source>By what heads are compared within a block: the size of their weights, or how much the loss depends on them</source>
        <translation>블록 안에서 헤드를 비교하는 기준: 가중치의 크기, 또는 손실에 주는 영향</translation>
    </message>
    <message>
        <source>By what units are compared within a block: the size of their weights, how active they are, or how much the loss depends on them</source>
        <translation>블록 안에서 유닛을 비교하는 기준: 가중치의 크기, 활성화 정도, 또는 손실에 주는 영향</translation>
    </message>
    <message>
        <source>Which blocks go: evenly spaced ones, the last, or those whose absence raises the loss least</source>
        <translation>빼는 블록: 고른 간격, 마지막부터, 또는 없을 때 손실이 가장 적게 느는 블록</translation>
    </message>
    <message>
        <source>A file whose tokens stay; otherwise those of the calibration data</source>
        <translation>토큰을 남길 파일. 지정하지 않으면 보정 데이터의 토큰을 남깁니다</translation>
    </message>
    <message>
        <source>What is shared: whole blocks or their attention or feed-forward half (ALBERT), consecutive groups of blocks (ALBERT), all blocks but the first and the last or every few blocks (Subformer), or a few blocks in turn, forwards or back again (Takase and Kiyono)</source>
        <translation>공유하는 것: 블록 전체, 어텐션 부분 또는 피드포워드 부분(ALBERT), 이어진 블록 그룹(ALBERT), 처음과 마지막을 뺀 모든 블록 또는 몇 블록씩(Subformer), 몇 블록을 차례로 되풀이하거나 되돌아오며(Takase와 Kiyono)</translation>
    </message>
    <message>
        <source>How many blocks keep weights of their own; otherwise half of them</source>
        <translation>자체 가중치를 갖는 블록의 수. 지정하지 않으면 절반</translation>
    </message>
    <message>
        <source>How many consecutive blocks share</source>
        <translation>공유하는 이어진 블록의 수</translation>
    </message>
    <message>
        <source>Which weights survive: the average of those that share, those of the first block, or whichever of some candidates scores best on dev data</source>
        <translation>남기는 가중치: 공유하는 블록의 평균, 첫 블록의 가중치, 또는 여러 후보 중 개발 데이터에서 점수가 가장 높은 가중치</translation>
    </message>
    <message>
        <source>How many weights are tried: those of the first block, the average, and those of blocks spread over the others</source>
        <translation>시도하는 가중치의 수: 첫 블록, 평균, 나머지에서 고르게 고른 블록</translation>
    </message>
    <message>
        <source>Heads of the attention among token rows; the rank is a multiple of them</source>
        <translation>토큰 행 사이 어텐션의 헤드 수. 랭크는 이 수의 배수입니다</translation>
    </message>
    <message>
        <source>Share of the matrix&apos;s parameters that both factors together keep at least; half of them is about the most there is</source>
        <translation>두 인수를 합하여 남기는, 행렬의 파라미터 비율의 하한. 절반 정도가 최대입니다</translation>
    </message>
    <message>
        <source>Rows and columns of the second factor, as in 16x16; otherwise as the share has it</source>
        <translation>두 번째 인수의 행과 열. 예: 16x16. 지정하지 않으면 비율에 따릅니다</translation>
    </message>
    <message>
        <source>Share of the weights of each matrix set to zero in the end</source>
        <translation>각 행렬에서 마지막에 0이 되는 가중치의 비율</translation>
    </message>
    <message>
        <source>Weights go whose score, between 0 and 1, is below it</source>
        <translation>점수(0~1)가 이보다 낮은 가중치를 뺍니다</translation>
    </message>
    <message>
        <source>How much the mean score adds to the loss; more of it removes more weights</source>
        <translation>평균 점수를 손실에 더하는 정도. 클수록 더 많은 가중치를 뺍니다</translation>
    </message>
    <message>
        <source>Among which weights the least important are found: each matrix or each row</source>
        <translation>가장 덜 중요한 가중치를 찾는 범위: 행렬마다 또는 행마다</translation>
    </message>
    <message>
        <source>How much the size of an input counts: not at all (0) to fully (1)</source>
        <translation>입력 크기의 비중: 전혀 없음(0)에서 전부(1)까지</translation>
    </message>
    <message>
        <source>Whether the columns with the largest inputs are rounded first</source>
        <translation>입력이 가장 큰 열부터 반올림할지 여부</translation>
    </message>
    <message>
        <source>How much of the inputs&apos; range moves into the weights: none (0) to all (1)</source>
        <translation>입력 범위를 가중치로 옮기는 정도: 없음(0)에서 전부(1)까지</translation>
    </message>
    <message>
        <source>An input that reaches this size meets its weights in half precision</source>
        <translation>이 크기에 이르는 입력은 반정밀도로 가중치와 곱합니다</translation>
    </message>
    <message>
        <source>How many values there are</source>
        <translation>값의 개수</translation>
    </message>
    <message>
        <source>What shares one codebook: the matrix, an output channel, or a group of weights within it</source>
        <translation>코드북 하나를 함께 쓰는 단위: 행렬, 출력 채널, 또는 그 안의 가중치 그룹</translation>
    </message>
    <message>
        <source>Passes over the training data</source>
        <translation>학습 데이터를 반복하는 횟수</translation>
    </message>
    <message>
        <source>Highest one, after warm-up; otherwise by the model&apos;s width</source>
        <translation>워밍업 후의 최고 학습률. 지정하지 않으면 모델의 너비에 따릅니다</translation>
    </message>
    <message>
        <source>Tokens of one step</source>
        <translation>한 스텝의 토큰 수</translation>
    </message>
    <message>
        <source>Share of the steps in which the learning rate rises</source>
        <translation>학습률이 올라가는 스텝의 비율</translation>
    </message>
    <message>
        <source>Stop after so many epochs without a better score on development data; 0: never</source>
        <translation>개발 데이터의 점수가 이만큼의 에포크 동안 나아지지 않으면 멈춥니다. 0: 멈추지 않음</translation>
    </message>
    <message>
        <source>Share of the training by which masks that are learnt have all their sparsity, along a cubic curve, and bits-from has come down</source>
        <translation>학습하는 마스크가 3차 곡선을 따라 목표 희소도에 이르고 bits-from이 다 내려오는 시점(학습의 비율)</translation>
    </message>
    <message>
        <source>Weights quantized to fewer bits begin the training with so many and come down to their own, by the share of it that gradual says</source>
        <translation>더 적은 비트로 양자화하는 가중치가 이 비트 수로 학습을 시작하여, gradual에 정한 비율까지 자체 비트 수로 내려옵니다</translation>
    </message>
    <message>
        <source>Learning rate of the scores of masks that are learnt</source>
        <translation>학습하는 마스크의 점수에 쓰는 학습률</translation>
    </message>
    <message>
        <source>Ternary weights are split into the sum of two binary ones after the training, and trained on for so many passes; otherwise they stay ternary</source>
        <translation>학습 후 삼진 가중치를 이진 가중치 둘의 합으로 나누고 이만큼 더 학습합니다. 지정하지 않으면 삼진으로 둡니다</translation>
    </message>
    <message>
        <source>Highest learning rate after the split; otherwise that of before, for split-epochs</source>
        <translation>분할 후의 최고 학습률. 지정하지 않으면 이전 학습률을 씁니다(split-epochs용)</translation>
    </message>
    <message>
        <source>What linear layers multiply in: the faster one of this machine, or as said; parameters are float32 either way</source>
        <translation>선형 레이어를 곱하는 형식: 이 컴퓨터에서 더 빠른 형식 또는 지정한 형식. 파라미터는 항상 float32입니다</translation>
    </message>
    <message>
        <source>What it learns from: the labels, or the original model as its teacher</source>
        <translation>무엇에서 배우는지: 레이블, 또는 교사 모델이 되는 원래 모델</translation>
    </message>
    <message>
        <source>By which both models&apos; logits are divided; higher ones show more of what the teacher thinks of wrong answers</source>
        <translation>두 모델의 로짓을 나누는 수. 높을수록 오답에 대한 교사 모델의 생각이 더 드러납니다</translation>
    </message>
    <message>
        <source>Share of the loss that comes from the teacher&apos;s answers; the rest comes from the labels</source>
        <translation>손실 중 교사 모델의 응답에서 오는 비율. 나머지는 레이블에서 옵니다</translation>
    </message>
    <message>
        <source>Of the teacher&apos;s answers</source>
        <translation>교사 모델의 응답에 두는 비중</translation>
    </message>
    <message>
        <source>Of the masked tokens themselves</source>
        <translation>가려진 토큰 자체에 두는 비중</translation>
    </message>
    <message>
        <source>Of the angle between last hidden states</source>
        <translation>마지막 은닉 상태 사이의 각도에 두는 비중</translation>
    </message>
    <message>
        <source>On running text, before the task</source>
        <translation>태스크 전에 일반 텍스트로 학습하는 에포크 수</translation>
    </message>
    <message>
        <source>Of the distance of intermediate layers&apos; first tokens</source>
        <translation>중간 레이어 첫 토큰 사이의 거리에 두는 비중</translation>
    </message>
    <message>
        <source>On running text, before the task; 0: none</source>
        <translation>태스크 전에 일반 텍스트로 학습하는 에포크 수. 0: 없음</translation>
    </message>
    <message>
        <source>On the task&apos;s texts, layers only</source>
        <translation>태스크의 텍스트로 레이어만 학습하는 에포크 수</translation>
    </message>
    <message>
        <source>Altered copies of each training text, words replaced by the teacher&apos;s masked language model</source>
        <translation>학습 텍스트마다 만드는 변형의 수. 교사 모델의 마스크 언어 모델이 단어를 바꿉니다</translation>
    </message>
    <message>
        <source>Words to choose from at each place, for augment</source>
        <translation>자리마다 고를 수 있는 단어의 수(augment용)</translation>
    </message>
    <message>
        <source>Share of the words that are replaced, for augment</source>
        <translation>바꾸는 단어의 비율(augment용)</translation>
    </message>
    <message>
        <source>Of layer after layer, all layers together</source>
        <translation>레이어를 차례로 학습하는 에포크 수(모든 레이어 합계)</translation>
    </message>
    <message>
        <source>Of the masked language model, after the layers; where the teacher has one</source>
        <translation>레이어 다음에 마스크 언어 모델을 학습하는 에포크 수. 교사 모델에 있을 때만 학습합니다</translation>
    </message>
    <message>
        <source>Of attention against feature maps</source>
        <translation>특징 맵에 대한 어텐션의 비중</translation>
    </message>
    <message>
        <source>Into how many heads both models&apos; vectors are cut anew; otherwise the teacher&apos;s number</source>
        <translation>두 모델의 벡터를 다시 나누는 헤드의 수. 지정하지 않으면 교사 모델의 헤드 수</translation>
    </message>
    <message>
        <source>Which of the teacher&apos;s layers teaches, from 0; otherwise the last</source>
        <translation>가르치는 교사 모델의 레이어(0부터). 지정하지 않으면 마지막</translation>
    </message>
    <message>
        <source>Probability of replacing a module, at the start</source>
        <translation>처음에 모듈을 바꿀 확률</translation>
    </message>
    <message>
        <source>By how much it grows each step; otherwise so that it reaches 1 after seven tenths of the training</source>
        <translation>확률이 스텝마다 커지는 정도. 지정하지 않으면 학습의 10분의 7에서 1에 이르게 합니다</translation>
    </message>
    <message>
        <source>Of the successor alone, after the replacing; 0: none</source>
        <translation>모듈을 다 바꾼 뒤 후속 모델만 학습하는 에포크 수. 0: 없음</translation>
    </message>
    <message>
        <source>Recover by training</source>
        <translation>학습으로 회복</translation>
    </message>
    <message>
        <source>The compressed model is trained with what was done to it held: masks stay, codecs are trained through, shared weights move together.</source>
        <translation>적용한 것을 유지하면서 압축한 모델을 학습합니다. 마스크는 그대로 두고, 코덱을 거쳐 학습하며, 공유한 가중치는 함께 움직입니다.</translation>
    </message>
    <message>
        <source>Softened answers</source>
        <translation>부드러운 응답</translation>
    </message>
    <message>
        <source>The student learns the teacher&apos;s softened answers beside the labels.</source>
        <translation>학생 모델이 레이블과 함께 교사 모델의 부드럽게 한 응답을 배웁니다.</translation>
    </message>
    <message>
        <source>DistilBERT</source>
        <translation>DistilBERT</translation>
    </message>
    <message>
        <source>On running text: the teacher&apos;s masked language model, the masked tokens and the direction of the last hidden states; every second layer is kept.</source>
        <translation>일반 텍스트에서 교사 모델의 마스크 언어 모델, 가려진 토큰, 마지막 은닉 상태의 방향을 배웁니다. 레이어는 하나 걸러 하나씩 남깁니다.</translation>
    </message>
    <message>
        <source>Patient distillation</source>
        <translation>참을성 있는 증류(PKD)</translation>
    </message>
    <message>
        <source>Softened answers, and the first token&apos;s states of intermediate layers.</source>
        <translation>부드럽게 한 응답과 중간 레이어의 첫 토큰 상태를 배웁니다.</translation>
    </message>
    <message>
        <source>TinyBERT</source>
        <translation>TinyBERT</translation>
    </message>
    <message>
        <source>Embeddings, attention scores and hidden states of mapped layers, on running text and then on the task; the answers last.</source>
        <translation>일반 텍스트와 태스크에서 차례로 임베딩, 어텐션 점수, 대응하는 레이어의 은닉 상태를 배우고, 마지막에 응답을 배웁니다.</translation>
    </message>
    <message>
        <source>MobileBERT</source>
        <translation>MobileBERT</translation>
    </message>
    <message>
        <source>Layer after layer learns its teacher layer&apos;s states and attention.</source>
        <translation>레이어를 하나씩 차례로, 교사 레이어의 상태와 어텐션을 배웁니다.</translation>
    </message>
    <message>
        <source>MiniLM</source>
        <translation>MiniLM</translation>
    </message>
    <message>
        <source>The last layer&apos;s attention, and the relation of its values.</source>
        <translation>마지막 레이어의 어텐션과 값 사이의 관계를 배웁니다.</translation>
    </message>
    <message>
        <source>MiniLMv2</source>
        <translation>MiniLMv2</translation>
    </message>
    <message>
        <source>The relations of one layer&apos;s queries, keys and values, at any width.</source>
        <translation>한 레이어의 쿼리, 키, 값 사이의 관계를 배웁니다. 너비는 상관없습니다.</translation>
    </message>
    <message>
        <source>BERT-of-Theseus</source>
        <translation>BERT-of-Theseus</translation>
    </message>
    <message>
        <source>Modules of the teacher are replaced by the student&apos;s with a growing probability, learning from the task alone.</source>
        <translation>교사 모델의 모듈을 점점 높아지는 확률로 학생 모델의 모듈로 바꾸며, 태스크만으로 배웁니다.</translation>
    </message>
    <message>
        <source>%1: not enough memory for its kernel</source>
        <translation>%1: 커널에 쓸 메모리가 부족합니다</translation>
    </message>
    <message>
        <source>%1: the library %2 cannot compute it: %3</source>
        <translation>%1: 라이브러리(%2)에서 계산할 수 없습니다: %3</translation>
    </message>
    <message>
        <source>%1: the processor has no instructions for %2</source>
        <translation>%1: 프로세서에 %2 명령어가 없습니다</translation>
    </message>
    <message>
        <source>kernels &quot;%1&quot;: unknown part &quot;%2&quot;, expected linear=onednn|aten, gemm=onednn|aten, attention=tiled|aten, bfloat16=onednn|float32, int8=onednn|float32, training=float32|bfloat16 or bfloat16gemm=onednn|tiles, separated by commas</source>
        <translation>커널 &quot;%1&quot;: 알 수 없는 부분 &quot;%2&quot;. linear=onednn|aten, gemm=onednn|aten, attention=tiled|aten, bfloat16=onednn|float32, int8=onednn|float32, training=float32|bfloat16, bfloat16gemm=onednn|tiles 중에서 쉼표로 구분하여 써야 합니다</translation>
    </message>
    <message>
        <source>the model has no layer %1</source>
        <translation>모델에 없는 레이어입니다: %1</translation>
    </message>
    <message>
        <source>layer %1: expected the shape [%2], found [%3]</source>
        <translation>레이어 %1: 필요한 모양 [%2], 실제 [%3]</translation>
    </message>
    <message>
        <source>token %1 is outside the vocabulary of %2</source>
        <translation>토큰 %1: 크기가 %2인 어휘의 범위를 벗어납니다</translation>
    </message>
    <message>
        <source>a text of %1 tokens is longer than the %2 the model reads</source>
        <translation>토큰 %1개인 텍스트는 모델이 읽을 수 있는 %2개보다 깁니다</translation>
    </message>
    <message>
        <source>the model tells %2 kinds of text apart, found the kind %1: it reads no pairs of texts</source>
        <translation>모델이 구별하는 텍스트 종류는 %2가지인데 종류 번호가 범위를 벗어났습니다: %1. 텍스트 쌍을 읽지 않는 모델입니다</translation>
    </message>
    <message>
        <source>layer %1: token rows see each other before they are projected; expected the shapes %2 of table and projection, found %3</source>
        <translation>레이어 %1: 토큰 행이 서로를 본 뒤 투영됩니다. 표와 투영의 모양은 %2여야 하는데 실제 모양은 %3입니다</translation>
    </message>
    <message>
        <source>the masked-LM decoder uses the token table, whose narrow rows see each other in this model; a decoder needs a table of its own there</source>
        <translation>마스크 언어 모델의 디코더가 토큰 표를 쓰는데, 이 모델에서는 그 좁은 행이 서로를 봅니다. 디코더에는 자체 표가 필요합니다</translation>
    </message>
    <message>
        <source>the model has no %1 head</source>
        <translation>모델에 %1 헤드가 없습니다</translation>
    </message>
    <message>
        <source>%1: no such project</source>
        <translation>%1: 그런 프로젝트가 없습니다</translation>
    </message>
    <message>
        <source>%1: expected a Pare project, found a folder or device</source>
        <translation>%1: Pare 프로젝트여야 하는데 폴더나 장치입니다</translation>
    </message>
    <message>
        <source>%1: expected a Pare project, found an empty file</source>
        <translation>%1: Pare 프로젝트여야 하는데 빈 파일입니다</translation>
    </message>
    <message>
        <source>%1: expected a Pare project, found a file of another kind</source>
        <translation>%1: Pare 프로젝트여야 하는데 다른 종류의 파일입니다</translation>
    </message>
    <message>
        <source>%1: expected a Pare project, found another program&apos;s database</source>
        <translation>%1: Pare 프로젝트여야 하는데 다른 프로그램의 데이터베이스입니다</translation>
    </message>
    <message>
        <source>%1: the project is damaged: %2</source>
        <translation>%1: 프로젝트가 손상되었습니다: %2</translation>
    </message>
    <message>
        <source>%1: the project has version %2, this Pare reads versions up to %3</source>
        <translation>%1: 프로젝트 버전은 %2이고, 이 Pare는 버전 %3까지 읽습니다</translation>
    </message>
    <message>
        <source>%1: there is such a file already</source>
        <translation>%1: 같은 이름의 파일이 이미 있습니다</translation>
    </message>
    <message>
        <source>%1: the folder does not exist</source>
        <translation>%1: 폴더가 없습니다</translation>
    </message>
    <message>
        <source>%1: the name is not valid UTF-8</source>
        <translation>%1: 이름이 올바른 UTF-8이 아닙니다</translation>
    </message>
    <message>
        <source>%1: cannot be opened for writing: the lock file %2 was refused: %3</source>
        <translation>%1: 쓰기용으로 열 수 없습니다. 잠금 파일(%2) 오류: %3</translation>
    </message>
    <message>
        <source>%1: cannot be read or written: %2</source>
        <translation>%1: 읽거나 쓸 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1: cannot be changed, because it is open read-only</source>
        <translation>%1: 읽기 전용으로 열려 있어 바꿀 수 없습니다</translation>
    </message>
    <message>
        <source>%1: another program is using this project; try again</source>
        <translation>%1: 다른 프로그램이 이 프로젝트를 쓰고 있습니다. 다시 시도하세요</translation>
    </message>
    <message>
        <source>%1: cannot be written: the disk is full</source>
        <translation>%1: 쓸 수 없습니다. 디스크가 가득 찼습니다</translation>
    </message>
    <message>
        <source>%1: something in it, or about to be stored in it, is longer than a project may hold (%2 bytes)</source>
        <translation>%1: 프로젝트에 담을 수 있는 길이(%2바이트)보다 긴 내용이 있거나 저장하려고 합니다</translation>
    </message>
    <message>
        <source>%1: there is not enough memory to read it</source>
        <translation>%1: 읽을 메모리가 부족합니다</translation>
    </message>
    <message>
        <source>%1: what is to be stored holds text that is not valid UTF-8</source>
        <translation>%1: 저장하려는 텍스트가 올바른 UTF-8이 아닙니다</translation>
    </message>
    <message>
        <source>%1: run %2 is damaged: %3</source>
        <translation>%1: 실행 %2이(가) 손상되었습니다: %3</translation>
    </message>
    <message>
        <source>%1: the answers of run %2 are damaged: %3</source>
        <translation>%1: 실행 %2의 응답이 손상되었습니다: %3</translation>
    </message>
    <message>
        <source>%1: revision %2: %3</source>
        <translation>%1: 개정 %2: %3</translation>
    </message>
    <message>
        <source>%1: there is nothing to undo</source>
        <translation>%1: 실행 취소할 것이 없습니다</translation>
    </message>
    <message>
        <source>%1: there is nothing to redo</source>
        <translation>%1: 다시 실행할 것이 없습니다</translation>
    </message>
    <message>
        <source>%1: a run without an id cannot be stored</source>
        <translation>%1: id가 없는 실행은 저장할 수 없습니다</translation>
    </message>
    <message>
        <source>%1: there is no run &quot;%2&quot;</source>
        <translation>%1: 없는 실행입니다: &quot;%2&quot;</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is the beginning of more than one run&apos;s id</source>
        <translation>%1: &quot;%2&quot;: 둘 이상의 실행 id가 이 글자로 시작합니다</translation>
    </message>
    <message>
        <source>Each option once</source>
        <translation>선택지마다 한 번씩</translation>
    </message>
    <message>
        <source>More examples</source>
        <translation>예시를 더 묻는 중</translation>
    </message>
    <message>
        <source>The original first</source>
        <translation>먼저 원본부터</translation>
    </message>
    <message>
        <source>nothing is known yet of how the layers of this model answer on this data; expected `pare sweep --per-layer` with the same data, seed and threads before a prediction</source>
        <translation>이 모델의 레이어가 이 데이터에 어떻게 응답하는지 아직 알려진 것이 없습니다. 예측하기 전에 같은 데이터, 시드, 스레드로 `pare sweep --per-layer`를 실행하세요</translation>
    </message>
    <message>
        <source>a prediction is made of what single layers answer, which training changes; expected a recipe without &quot;recover&quot;</source>
        <translation>예측은 레이어 하나하나의 응답으로 하는데, 학습하면 그 응답이 바뀝니다. &quot;recover&quot;가 없는 레시피여야 합니다</translation>
    </message>
    <message>
        <source>layers are blamed by putting the original ones back, which says little of a model that was trained since; expected a run that neither &quot;recover&quot; nor a teacher changed</source>
        <translation>원인이 된 레이어는 원래 것으로 되돌려 보아 찾는데, 그 뒤에 학습한 모델에서는 알 수 있는 것이 적습니다. &quot;recover&quot;도 교사 모델도 쓰지 않은 실행이어야 합니다</translation>
    </message>
    <message>
        <source>layers are blamed by putting the original ones back, which do not fit where heads, units, blocks or tokens are gone</source>
        <translation>원인이 된 레이어는 원래 것으로 되돌려 보아 찾는데, 헤드, 유닛, 블록 또는 토큰이 없어진 모델에는 되돌릴 수 없습니다</translation>
    </message>
    <message>
        <source>Asking all but %1</source>
        <translation>%1만 빼고 응답을 구하는 중</translation>
    </message>
    <message>
        <source>Putting %1 back</source>
        <translation>되돌리는 중: %1</translation>
    </message>
    <message>
        <source>target &quot;%1&quot;: expected &apos;bytes&lt;=2MB&apos;, &apos;accuracy&gt;=90%&apos; or &apos;latency&lt;=1.2ms&apos;</source>
        <translation>목표 &quot;%1&quot;: &apos;bytes&lt;=2MB&apos;, &apos;accuracy&gt;=90%&apos; 또는 &apos;latency&lt;=1.2ms&apos; 형식이어야 합니다</translation>
    </message>
    <message>
        <source>no layer is left to choose for: all are locked, or no option could be tried</source>
        <translation>고를 레이어가 없습니다. 모두 잠겨 있거나, 시도할 수 있는 선택지가 없습니다</translation>
    </message>
    <message>
        <source>no choice of these options makes a file of at most %1; the smallest is %2</source>
        <translation>이 선택지로는 파일을 %1 이하로 만들 수 없습니다. 가장 작은 크기는 %2입니다</translation>
    </message>
    <message>
        <source>no choice of these options makes a file of at most %1: the weights alone would take %2</source>
        <translation>이 선택지로는 파일을 %1 이하로 만들 수 없습니다. 가중치만 해도 %2입니다</translation>
    </message>
    <message>
        <source>no choice of these options answers within %1 ms; the fastest would take %2 ms</source>
        <translation>이 선택지로는 %1 ms 안에 응답할 수 없습니다. 가장 빨라도 %2 ms가 걸립니다</translation>
    </message>
    <message>
        <source>no recipe is expected to reach an accuracy of %1 %: the original has %2 %</source>
        <translation>정확도 %1 %에 이를 것으로 예상되는 레시피가 없습니다. 원본은 %2 %입니다</translation>
    </message>
    <message>
        <source>Choosing for each budget</source>
        <translation>예산마다 고르는 중</translation>
    </message>
    <message>
        <source>Group %1 has no options to choose from</source>
        <translation>그룹 %1: 고를 선택지가 없습니다</translation>
    </message>
    <message>
        <source>Group %1, option %2: the value is %3; expected a finite number</source>
        <translation>그룹 %1, 선택지 %2: 값이 %3입니다. 유한한 수여야 합니다</translation>
    </message>
    <message>
        <source>Group %1, option %2: the weight is %3; expected 0 or more</source>
        <translation>그룹 %1, 선택지 %2: 무게가 %3입니다. 0 이상이어야 합니다</translation>
    </message>
    <message>
        <source>Group %1: the largest values or weights of the groups so far add up to more than can be counted</source>
        <translation>그룹 %1: 지금까지 그룹의 가장 큰 값이나 무게를 더하면 셀 수 있는 범위를 넘습니다</translation>
    </message>
    <message>
        <source>%1: expected a safetensors file of at least 8 bytes, found %2</source>
        <translation>%1: 최소 8바이트인 safetensors 파일이어야 하는데 %2바이트입니다</translation>
    </message>
    <message>
        <source>%1: the header is said to be %2 bytes long, expected at most %3</source>
        <translation>%1: 헤더 길이가 %2바이트로 적혀 있습니다. 최대 %3바이트까지 허용됩니다</translation>
    </message>
    <message>
        <source>%1: the header is said to be %2 bytes long, the file holds %3 after its first 8</source>
        <translation>%1: 헤더 길이가 %2바이트로 적혀 있는데, 파일에는 처음 8바이트 뒤에 %3바이트가 있습니다</translation>
    </message>
    <message>
        <source>%1: the header must begin with &quot;{&quot;, found byte %2</source>
        <translation>%1: 헤더는 &quot;{&quot;로 시작해야 하는데 실제 바이트는 %2입니다</translation>
    </message>
    <message>
        <source>%1: the header must end with &quot;}&quot; and spaces, found byte %2</source>
        <translation>%1: 헤더는 &quot;}&quot;와 공백으로 끝나야 하는데 실제 바이트는 %2입니다</translation>
    </message>
    <message>
        <source>%1: the header holds the byte %2 at offset %3, expected text in UTF-8</source>
        <translation>%1: 헤더는 UTF-8 텍스트여야 하는데, 오프셋 %3에 허용되지 않는 바이트가 있습니다: %2</translation>
    </message>
    <message>
        <source>%1: the header is not valid JSON at byte %2</source>
        <translation>%1: 헤더의 %2번째 바이트: 올바른 JSON이 아닙니다</translation>
    </message>
    <message>
        <source>%1: the header holds a text of more than %2 bytes, expected shorter ones</source>
        <translation>%1: 헤더에 %2바이트보다 긴 텍스트가 있습니다. 더 짧아야 합니다</translation>
    </message>
    <message>
        <source>%1: the header names more than %2 tensors or metadata keys</source>
        <translation>%1: 헤더에 이름이 나오는 텐서나 메타데이터 키가 %2개보다 많습니다</translation>
    </message>
    <message>
        <source>%1: the header must be an object that names tensors, found %2</source>
        <translation>%1: 헤더는 텐서 이름을 담은 객체여야 하는데 실제 값은 %2입니다</translation>
    </message>
    <message>
        <source>%1: __metadata__ must map texts to texts, found %2</source>
        <translation>%1: __metadata__: 텍스트를 텍스트에 대응시켜야 하는데 실제 값은 %2입니다</translation>
    </message>
    <message>
        <source>%1: __metadata__ names &quot;%2&quot; twice</source>
        <translation>%1: __metadata__: &quot;%2&quot; 키가 두 번 나옵니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: expected an object with dtype, shape and data_offsets, found %3</source>
        <translation>%1: 텐서 %2: dtype, shape, data_offsets가 있는 객체여야 하는데 실제 값은 %3입니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: stands twice in the header</source>
        <translation>%1: 텐서 %2: 헤더에 두 번 나옵니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: %3 stands twice</source>
        <translation>%1: 텐서 %2: %3 항목이 두 번 나옵니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: expected dtype, shape and data_offsets only, found &quot;%3&quot;</source>
        <translation>%1: 텐서 %2: dtype, shape, data_offsets만 있어야 하는데 &quot;%3&quot;도 있습니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: %3 is missing</source>
        <translation>%1: 텐서 %2: %3 항목이 없습니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: %3 expects %4, found %5</source>
        <translation>%1: 텐서 %2: %3: 필요한 값 %4, 실제 값 %5</translation>
    </message>
    <message>
        <source>%1: tensor %2: there is no dtype &quot;%3&quot; in safetensors</source>
        <translation>%1: 텐서 %2: safetensors에 없는 dtype입니다: &quot;%3&quot;</translation>
    </message>
    <message>
        <source>%1: tensor %2: the dtype %3 cannot be read; convert it to F32, F16 or BF16</source>
        <translation>%1: 텐서 %2: 읽을 수 없는 dtype입니다: %3. F32, F16 또는 BF16으로 바꾸세요</translation>
    </message>
    <message>
        <source>%1: tensor %2: has more than %3 dimensions</source>
        <translation>%1: 텐서 %2: 차원이 %3개보다 많습니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: shape %3 has more elements than can be counted</source>
        <translation>%1: 텐서 %2: 모양 %3: 원소 수가 셀 수 있는 범위를 넘습니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: data_offsets [%3, %4] do not lie in the data section of %5 bytes</source>
        <translation>%1: 텐서 %2: data_offsets [%3, %4]: %5바이트인 데이터 영역을 벗어납니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: shape %3 needs %4 bytes, the data section holds %5</source>
        <translation>%1: 텐서 %2: 모양 %3: %4바이트가 필요한데 데이터 영역은 %5바이트입니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: shape %3 of %4 needs %5 bytes, its data_offsets hold %6</source>
        <translation>%1: 텐서 %2: %4의 모양 %3: %5바이트가 필요한데 data_offsets에는 %6바이트가 있습니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: begins at %3 of the data section, expected %4: no gap, no overlap</source>
        <translation>%1: 텐서 %2: 데이터 영역의 %3에서 시작합니다. 빈틈도 겹침도 없이 %4에서 시작해야 합니다</translation>
    </message>
    <message>
        <source>%1: the tensors end at %2 of the data section, which holds %3 bytes</source>
        <translation>%1: 텐서는 데이터 영역의 %2에서 끝나는데, 데이터 영역은 %3바이트입니다</translation>
    </message>
    <message>
        <source>tensors of the type %1 cannot be stored</source>
        <translation>형식이 %1인 텐서는 저장할 수 없습니다</translation>
    </message>
    <message>
        <source>LibTorch failed: %1</source>
        <translation>LibTorch 오류: %1</translation>
    </message>
    <message>
        <source>not enough memory: %1</source>
        <translation>메모리가 부족합니다: %1</translation>
    </message>
    <message>
        <source>the text is not UTF-8 from its byte %1 on</source>
        <translation>텍스트의 %1번째 바이트부터 UTF-8이 아닙니다</translation>
    </message>
    <message>
        <source>%1: another Pare writes into this folder; choose another one, or wait</source>
        <translation>%1: 다른 Pare가 이 폴더에 쓰고 있습니다. 다른 폴더를 고르거나 기다리세요</translation>
    </message>
    <message>
        <source>the step is not UTF-8 from its byte %1 on</source>
        <translation>단계가 %1번째 바이트부터 UTF-8이 아닙니다</translation>
    </message>
    <message>
        <source>Counting words</source>
        <translation>단어를 세는 중</translation>
    </message>
    <message>
        <source>the texts are longer than 4 GiB together</source>
        <translation>텍스트가 모두 합하여 4 GiB보다 깁니다</translation>
    </message>
    <message>
        <source>%1: line %2: expected UTF-8, found a byte %3 that cannot stand there</source>
        <translation>%1: %2번째 줄: UTF-8이어야 하는데, 올 수 없는 바이트가 있습니다: %3</translation>
    </message>
    <message>
        <source>the token &quot;%1&quot; stands in the vocabulary twice</source>
        <translation>&quot;%1&quot; 토큰이 어휘에 두 번 나옵니다</translation>
    </message>
    <message>
        <source>token %1 of the vocabulary holds a line break</source>
        <translation>어휘의 토큰 %1: 줄 바꿈이 들어 있습니다</translation>
    </message>
    <message>
        <source>%1: line %2: the token &quot;%3&quot; stands already in line %4; expected every token once</source>
        <translation>%1: %2번째 줄: &quot;%3&quot; 토큰이 %4번째 줄에 이미 있습니다. 모든 토큰은 한 번만 나와야 합니다</translation>
    </message>
    <message>
        <source>%1: expected at most %2 tokens (the model&apos;s vocab_size), found %3</source>
        <translation>%1: 토큰은 최대 %2개(모델의 vocab_size)여야 하는데 %3개입니다</translation>
    </message>
    <message>
        <source>%1: expected a line with the token %2, found none</source>
        <translation>%1: &quot;%2&quot; 토큰이 있는 줄이 필요한데 없습니다</translation>
    </message>
    <message>
        <source>%1: not valid JSON from byte %2 on</source>
        <translation>%1: %2번째 바이트부터 올바른 JSON이 아닙니다</translation>
    </message>
    <message>
        <source>%1: expected at most %2 keys, found more</source>
        <translation>%1: 키는 최대 %2개여야 하는데 더 많습니다</translation>
    </message>
    <message>
        <source>%1: expected a JSON object, found something else</source>
        <translation>%1: JSON 객체여야 하는데 다른 값입니다</translation>
    </message>
    <message>
        <source>%1: %2: expected a whole number from %3 on, found %4</source>
        <translation>%1: %2: %3 이상의 정수여야 하는데 실제 값은 %4입니다</translation>
    </message>
    <message>
        <source>%1: expected a model with at least %2 positions, found %3</source>
        <translation>%1: 위치가 최소 %2개인 모델이어야 하는데 %3개입니다</translation>
    </message>
    <message>
        <source>a vocabulary of %1 tokens is too small: expected room for %2 special tokens and %3 characters</source>
        <translation>토큰 %1개인 어휘는 너무 작습니다. 특수 토큰 %2개와 문자 %3개가 들어가야 합니다</translation>
    </message>
    <message>
        <source>a vocabulary cannot be trained: the texts hold no words</source>
        <translation>텍스트에 단어가 없어 어휘를 학습할 수 없습니다</translation>
    </message>
    <message>
        <source>Merging the pieces of %1 words</source>
        <translation>단어 %1개의 조각을 합치는 중</translation>
    </message>
    <message>
        <source>%1: expected a name ending in .tsv, .csv, .jsonl, .ndjson or .json, found &quot;%2&quot;</source>
        <translation>%1: 이름이 .tsv, .csv, .jsonl, .ndjson 또는 .json으로 끝나야 하는데 실제로는 &quot;%2&quot;입니다</translation>
    </message>
    <message>
        <source>%1: line 1: expected a header, found an empty file</source>
        <translation>%1: 1번째 줄: 헤더가 있어야 하는데 빈 파일입니다</translation>
    </message>
    <message>
        <source>%1: expected at least one row of data, found none</source>
        <translation>%1: 데이터가 한 행 이상 있어야 하는데 없습니다</translation>
    </message>
    <message>
        <source>%1: line %2: the column &quot;%3&quot; stands twice</source>
        <translation>%1: %2번째 줄: &quot;%3&quot; 열이 두 번 나옵니다</translation>
    </message>
    <message>
        <source>%1: line %2: expected %3 columns as in the header, found %4</source>
        <translation>%1: %2번째 줄: 열이 헤더처럼 %3개여야 하는데 %4개입니다</translation>
    </message>
    <message>
        <source>%1: line %2: expected at most %3 columns, found more</source>
        <translation>%1: %2번째 줄: 열은 최대 %3개여야 하는데 더 많습니다</translation>
    </message>
    <message>
        <source>%1: line %2: expected a column text, or text_a and text_b, found: %3</source>
        <translation>%1: %2번째 줄: text 열 또는 text_a와 text_b 열이 있어야 하는데 실제 열은 다음과 같습니다: %3</translation>
    </message>
    <message>
        <source>%1: line %2: expected either text, or text_a and text_b, found: %3</source>
        <translation>%1: %2번째 줄: text 또는 text_a와 text_b 중 한쪽만 있어야 하는데 실제 열은 다음과 같습니다: %3</translation>
    </message>
    <message>
        <source>%1: line %2: expected a column label or score, found: %3</source>
        <translation>%1: %2번째 줄: label 또는 score 열이 있어야 하는데 실제 열은 다음과 같습니다: %3</translation>
    </message>
    <message>
        <source>%1: line %2: expected either label or score, found both</source>
        <translation>%1: %2번째 줄: label과 score 중 하나만 있어야 하는데 둘 다 있습니다</translation>
    </message>
    <message>
        <source>%1: line %2: expected a label, found nothing</source>
        <translation>%1: %2번째 줄: 레이블이 있어야 하는데 없습니다</translation>
    </message>
    <message>
        <source>%1: line %2: expected a number as score, found &quot;%3&quot;</source>
        <translation>%1: %2번째 줄: 점수는 수여야 하는데 실제 값은 &quot;%3&quot;입니다</translation>
    </message>
    <message>
        <source>%1: line %2: expected a closing quote for the field that begins there, found the end of the file</source>
        <translation>%1: %2번째 줄: 여기에서 시작한 필드에는 닫는 따옴표가 있어야 하는데 파일이 끝났습니다</translation>
    </message>
    <message>
        <source>%1: line %2: expected a comma or the end of the line after a closing quote, found &quot;%3&quot;</source>
        <translation>%1: %2번째 줄: 닫는 따옴표 뒤에는 쉼표나 줄 끝이 와야 하는데 실제로는 &quot;%3&quot;입니다</translation>
    </message>
    <message>
        <source>%1: line %2: found a quote inside a field; expected the whole field in quotes and the quote doubled</source>
        <translation>%1: %2번째 줄: 필드 안에 따옴표가 있습니다. 필드 전체를 따옴표로 감싸고 안의 따옴표는 두 번 써야 합니다</translation>
    </message>
    <message>
        <source>%1: line %2: not valid JSON from byte %3 of the line on</source>
        <translation>%1: %2번째 줄: 이 줄의 %3번째 바이트부터 올바른 JSON이 아닙니다</translation>
    </message>
    <message>
        <source>%1: line %2: expected a JSON object, found something else</source>
        <translation>%1: %2번째 줄: JSON 객체여야 하는데 다른 값입니다</translation>
    </message>
    <message>
        <source>%1: line %2: expected at most %3 bytes in a line, found %4</source>
        <translation>%1: %2번째 줄: 한 줄은 최대 %3바이트여야 하는데 %4바이트입니다</translation>
    </message>
    <message>
        <source>%1: line %2: expected the key &quot;%3&quot;, found none</source>
        <translation>%1: %2번째 줄: &quot;%3&quot; 키가 있어야 하는데 없습니다</translation>
    </message>
    <message>
        <source>%1: line %2: %3: expected text or a number, found %4</source>
        <translation>%1: %2번째 줄: %3: 텍스트나 수여야 하는데 실제 값은 %4입니다</translation>
    </message>
    <message>
        <source>%1: expected at least one line of text, found none</source>
        <translation>%1: 텍스트가 한 줄 이상 있어야 하는데 없습니다</translation>
    </message>
    <message>
        <source>the rules that say where sentences end cannot be used: %1</source>
        <translation>문장의 끝을 정하는 규칙을 쓸 수 없습니다: %1</translation>
    </message>
    <message>
        <source>a text of %1 bytes cannot be split into sentences; expected at most 2 GiB in one document</source>
        <translation>%1바이트인 텍스트는 문장으로 나눌 수 없습니다. 문서 하나는 최대 2 GiB여야 합니다</translation>
    </message>
    <message>
        <source>Splitting the texts into sentences</source>
        <translation>텍스트를 문장으로 나누는 중</translation>
    </message>
    <message>
        <source>%1: row %2 holds a tab or a line break, which a TSV file cannot hold</source>
        <translation>%1: %2행에 탭이나 줄 바꿈이 있어 TSV 파일에 담을 수 없습니다</translation>
    </message>
    <message>
        <source>%1: no such file; install WordNet&apos;s data with: apt install wordnet-base</source>
        <translation>%1: 그런 파일이 없습니다. WordNet 데이터를 설치하세요: apt install wordnet-base</translation>
    </message>
    <message>
        <source>%1: line %2: expected a noun&apos;s offset and a lexicographer file from 03 to 28, found &quot;%3&quot;</source>
        <translation>%1: %2번째 줄: 명사의 오프셋과 03~28의 사전 편찬 파일 번호가 있어야 하는데 실제 값은 &quot;%3&quot;입니다</translation>
    </message>
    <message>
        <source>%1: line %2: expected &quot; | &quot; and a definition after &quot;%3&quot;</source>
        <translation>%1: %2번째 줄: &quot;%3&quot; 뒤에 &quot; | &quot;와 정의가 있어야 합니다</translation>
    </message>
    <message>
        <source>%1: expected thousands of definitions, found %2, too few for three splits</source>
        <translation>%1: 정의가 수천 개 있어야 하는데 %2개입니다. 셋으로 나누기에 너무 적습니다</translation>
    </message>
    <message>
        <source>naive Bayes expects texts with labels, found data without labels or without examples</source>
        <translation>나이브 베이즈에는 레이블이 있는 텍스트가 필요한데, 데이터에 레이블이나 예시가 없습니다</translation>
    </message>
    <message>
        <source>%1: expected wordnet:train, wordnet:dev or wordnet:test, found &quot;%2&quot;</source>
        <translation>%1: wordnet:train, wordnet:dev 또는 wordnet:test여야 하는데 실제 값은 &quot;%2&quot;입니다</translation>
    </message>
    <message>
        <source>%1: expected teacher and student of one shape, found %2 and %3</source>
        <translation>%1: 교사 모델과 학생 모델의 모양이 같아야 하는데 %2, %3입니다</translation>
    </message>
    <message>
        <source>hidden states: expected a projection of %1 (teacher by student), found %2</source>
        <translation>은닉 상태: %1의 투영(교사 x 학생)이어야 하는데 실제 값은 %2입니다</translation>
    </message>
    <message>
        <source>attention: expected queries, keys and values of %1 tokens by 3 x %2 heads x their width, found %3</source>
        <translation>어텐션: 토큰 %1개 x (3 x 헤드 %2개 x 헤드 너비)의 쿼리, 키, 값이어야 하는데 실제 모양은 %3입니다</translation>
    </message>
    <message>
        <source>attention is compared head by head: expected as many heads as the teacher has, %1, found %2</source>
        <translation>어텐션은 헤드끼리 비교합니다. 교사 모델과 같은 %1개여야 하는데 %2개입니다</translation>
    </message>
    <message>
        <source>relation heads: expected a number that divides the widths of teacher and student, %1 and %2, found %3</source>
        <translation>관계 헤드: 교사 모델과 학생 모델의 너비(%1, %2)를 나누어떨어지게 하는 수여야 하는데 실제 값은 %3입니다</translation>
    </message>
    <message>
        <source>temperature: expected a finite number above 0, found %1</source>
        <translation>온도: 0보다 큰 유한한 수여야 하는데 실제 값은 %1입니다</translation>
    </message>
    <message>
        <source>replacement: expected a base from 0 to 1 and a slope of at least 0, found %1 and %2</source>
        <translation>교체: 시작 확률은 0~1, 증가량은 0 이상이어야 하는데 실제 값은 %1, %2입니다</translation>
    </message>
    <message>
        <source>teacher and student answer with one set of labels; the teacher has %1, the student %2</source>
        <translation>교사 모델과 학생 모델은 같은 레이블로 응답해야 합니다. 교사 모델은 %1개, 학생 모델은 %2개입니다</translation>
    </message>
    <message>
        <source>%1: learns the answers to a task; expected labelled examples (--data)</source>
        <translation>%1: 태스크의 응답을 배웁니다. 레이블이 있는 예시가 필요합니다(--data)</translation>
    </message>
    <message>
        <source>%1: expected a teacher with a classifier, found none; fine-tune it first (pare train --init)</source>
        <translation>%1: 분류기가 있는 교사 모델이 필요한데 없습니다. 먼저 미세 조정하세요(pare train --init)</translation>
    </message>
    <message>
        <source>%1: learns on running text; expected a corpus or labelled examples</source>
        <translation>%1: 일반 텍스트로 배웁니다. 말뭉치나 레이블이 있는 예시가 필요합니다</translation>
    </message>
    <message>
        <source>tinybert: without labelled examples it learns on running text alone, which general-epochs=0 leaves out; expected examples, or epochs above 0</source>
        <translation>tinybert: 레이블이 있는 예시가 없으면 일반 텍스트로만 배우는데, general-epochs=0이면 그 단계가 빠집니다. 예시나 0보다 큰 에포크 수가 필요합니다</translation>
    </message>
    <message>
        <source>%1: compares states number by number, so that widths must be equal; the teacher is %2 wide, the student %3</source>
        <translation>%1: 상태를 수 하나하나 비교하므로 너비가 같아야 합니다. 교사 모델의 너비는 %2, 학생 모델은 %3입니다</translation>
    </message>
    <message>
        <source>%1: compares attention head by head; the teacher has %2 heads in block %3, the student %4 in block %5</source>
        <translation>%1: 어텐션을 헤드끼리 비교합니다. 교사 모델은 블록 %3에 헤드 %2개, 학생 모델은 블록 %5에 %4개입니다</translation>
    </message>
    <message>
        <source>%1: learns a masked language model, which the teacher has not; expected a checkpoint with one (train it with --objective mlm first)</source>
        <translation>%1: 마스크 언어 모델을 배우는데 교사 모델에 없습니다. 그것이 있는 체크포인트가 필요합니다(먼저 --objective mlm으로 학습하세요)</translation>
    </message>
    <message>
        <source>augment: words are replaced by the teacher&apos;s masked language model, which it has not; expected a checkpoint with one, or augment=0</source>
        <translation>augment: 교사 모델의 마스크 언어 모델로 단어를 바꾸는데 교사 모델에 없습니다. 그것이 있는 체크포인트나 augment=0이 필요합니다</translation>
    </message>
    <message>
        <source>%1: the student has %2 blocks, the teacher only %3</source>
        <translation>%1: 학생 모델의 블록은 %2개인데 교사 모델의 블록은 %3개뿐입니다</translation>
    </message>
    <message>
        <source>teacher-layer: expected a block from 0 to %1, found %2</source>
        <translation>teacher-layer: 0~%1의 블록이어야 하는데 실제 값은 %2입니다</translation>
    </message>
    <message>
        <source>the teacher has no masked language model: the last stage of MobileBERT, which learns it, was left out</source>
        <translation>교사 모델에 마스크 언어 모델이 없어, 그것을 배우는 MobileBERT의 마지막 단계를 뺐습니다</translation>
    </message>
    <message>
        <source>Altering texts</source>
        <translation>텍스트를 변형하는 중</translation>
    </message>
    <message>
        <source>augmentation made %1 texts of %2; words of several pieces stayed as they are</source>
        <translation>증강으로 텍스트 %2개에서 %1개를 만들었습니다. 여러 조각으로 된 단어는 그대로 두었습니다</translation>
    </message>
    <message>
        <source>there is nothing to train from; expected a model or a configuration</source>
        <translation>학습을 시작할 것이 없습니다. 모델이나 구성 파일이 필요합니다</translation>
    </message>
    <message>
        <source>expected either a model or a configuration to start from, found both</source>
        <translation>시작할 모델과 구성 파일 중 하나만 있어야 하는데 둘 다 있습니다</translation>
    </message>
    <message>
        <source>the task is learnt from labelled examples; expected a data file</source>
        <translation>태스크는 레이블이 있는 예시로 배웁니다. 데이터 파일이 필요합니다</translation>
    </message>
    <message>
        <source>masked language modelling needs text; expected a corpus or a data file</source>
        <translation>마스크 언어 모델링에는 텍스트가 필요합니다. 말뭉치나 데이터 파일을 지정하세요</translation>
    </message>
    <message>
        <source>expected a folder to write the trained model to</source>
        <translation>학습한 모델을 쓸 폴더가 필요합니다</translation>
    </message>
    <message>
        <source>%1: the folder could not be made: %2</source>
        <translation>%1: 폴더를 만들 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1: expected a number from %2 to %3, found %4</source>
        <translation>%1: %2~%3의 수여야 하는데 실제 값은 %4입니다</translation>
    </message>
    <message>
        <source>vocabulary: expected a file or size=N, found &quot;%1&quot;</source>
        <translation>어휘: 파일 또는 size=N이어야 하는데 실제 값은 &quot;%1&quot;입니다</translation>
    </message>
    <message>
        <source>%1: the model has a vocabulary already; one can only be chosen for a new model</source>
        <translation>%1: 모델에 이미 어휘가 있습니다. 어휘는 새 모델에만 정할 수 있습니다</translation>
    </message>
    <message>
        <source>%1: holds scores; only labels can be learnt</source>
        <translation>%1: 점수 데이터입니다. 레이블만 배울 수 있습니다</translation>
    </message>
    <message>
        <source>the vocabulary has no token %1, which masked language modelling needs</source>
        <translation>마스크 언어 모델링에 필요한 토큰이 어휘에 없습니다: %1</translation>
    </message>
    <message>
        <source>pairs of sentences need two token types, the model has %1</source>
        <translation>문장 쌍에는 토큰 유형이 두 가지 필요한데, 모델에는 %1가지 있습니다</translation>
    </message>
    <message>
        <source>objective: expected task, or mlm, nsp, sop, mlm+nsp or mlm+sop, found &quot;%1&quot;</source>
        <translation>목표: task, mlm, nsp, sop, mlm+nsp 또는 mlm+sop여야 하는데 실제 값은 &quot;%1&quot;입니다</translation>
    </message>
    <message>
        <source>%1: no line holds a word</source>
        <translation>%1: 단어가 있는 줄이 없습니다</translation>
    </message>
    <message>
        <source>%1: pairs of texts need two token types, the model has %2</source>
        <translation>%1: 텍스트 쌍에는 토큰 유형이 두 가지 필요한데, 모델에는 %2가지 있습니다</translation>
    </message>
    <message>
        <source>%1: the training there is finished; leave out --resume to train anew</source>
        <translation>%1: 그곳의 학습은 끝났습니다. 새로 학습하려면 --resume을 빼세요</translation>
    </message>
    <message>
        <source>%1: is compressed; training unpacks it, so the result is written at full size</source>
        <translation>%1: 압축된 모델입니다. 학습하면서 압축을 풀므로 결과는 전체 크기로 저장됩니다</translation>
    </message>
    <message>
        <source>%1: has the label &quot;%2&quot;, which is not among the model&apos;s; its classifier is replaced by a new one for %3 labels</source>
        <translation>%1: 레이블 &quot;%2&quot;: 모델에 없는 레이블입니다. 분류기를 레이블 %3개짜리 새 분류기로 바꿉니다</translation>
    </message>
    <message>
        <source>the loss is not a finite number after %1 steps; a smaller learning rate than %2 may help</source>
        <translation>%1스텝 후의 손실이 유한한 수가 아닙니다. 학습률을 %2보다 낮추면 나아질 수 있습니다</translation>
    </message>
    <message>
        <source>pairs of sentences: expected a length of at least %1 tokens, found %2</source>
        <translation>문장 쌍: 길이는 최소 토큰 %1개여야 하는데 %2개입니다</translation>
    </message>
    <message>
        <source>which sentence follows which is learnt from documents of several sentences; expected at least one with two, found none among %1</source>
        <translation>문장의 이어짐은 여러 문장으로 된 문서에서 배웁니다. 문장이 둘 이상인 문서가 하나는 있어야 하는데, 문서 %1개 중에 없습니다</translation>
    </message>
    <message>
        <source>wrong next sentences are taken from other documents; expected at least two documents, with a blank line between them, found one</source>
        <translation>틀린 다음 문장은 다른 문서에서 가져옵니다. 빈 줄로 나눈 문서가 둘 이상 있어야 하는데 하나뿐입니다</translation>
    </message>
    <message>
        <source>Training the vocabulary</source>
        <translation>어휘를 학습하는 중</translation>
    </message>
    <message>
        <source>Training the task</source>
        <translation>태스크를 학습하는 중</translation>
    </message>
    <message>
        <source>Training the masked language model</source>
        <translation>마스크 언어 모델을 학습하는 중</translation>
    </message>
    <message>
        <source>Training next sentence prediction</source>
        <translation>다음 문장 예측을 학습하는 중</translation>
    </message>
    <message>
        <source>Training sentence order prediction</source>
        <translation>문장 순서 예측을 학습하는 중</translation>
    </message>
    <message>
        <source>Training masked language model and next sentence prediction</source>
        <translation>마스크 언어 모델과 다음 문장 예측을 학습하는 중</translation>
    </message>
    <message>
        <source>Training masked language model and sentence order prediction</source>
        <translation>마스크 언어 모델과 문장 순서 예측을 학습하는 중</translation>
    </message>
    <message>
        <source>Measuring on the development data</source>
        <translation>개발 데이터로 측정하는 중</translation>
    </message>
    <message>
        <source>Asking the teacher</source>
        <translation>교사 모델의 응답을 구하는 중</translation>
    </message>
    <message>
        <source>Learning the teacher&apos;s answers</source>
        <translation>교사 모델의 응답을 배우는 중</translation>
    </message>
    <message>
        <source>Learning the teacher&apos;s layers</source>
        <translation>교사 모델의 레이어를 배우는 중</translation>
    </message>
    <message>
        <source>Learning the teacher&apos;s language model</source>
        <translation>교사 모델의 언어 모델을 배우는 중</translation>
    </message>
    <message>
        <source>Replacing the teacher&apos;s modules</source>
        <translation>교사 모델의 모듈을 바꾸는 중</translation>
    </message>
    <message>
        <source>epoch %1 of %2, loss %3, %4 tokens/s</source>
        <translation>에포크 %1/%2, 손실 %3, 초당 토큰 %4개</translation>
    </message>
    <message>
        <source>epoch %1 of %2, loss %3, %4 tokens/s, %5 on development data</source>
        <translation>에포크 %1/%2, 손실 %3, 초당 토큰 %4개, 개발 데이터 %5</translation>
    </message>
    <message>
        <source>%1: belongs to a training with other settings, data or model; continue it as it was begun, or remove the file</source>
        <translation>%1: 설정, 데이터 또는 모델이 다른 학습의 것입니다. 시작할 때와 같은 조건으로 이어서 하거나 파일을 지우세요</translation>
    </message>
    <message>
        <source>%1: not a state this training can continue from: %2</source>
        <translation>%1: 이 학습을 이어 갈 수 있는 상태가 아닙니다: %2</translation>
    </message>
    <message>
        <source>a codec of %1 bits: expected %2 to %3</source>
        <translation>%1비트 코덱: %2~%3이어야 합니다</translation>
    </message>
    <message>
        <source>a codec with groups of %1 weights: expected at least 1</source>
        <translation>가중치 %1개 그룹의 코덱: 최소 1이어야 합니다</translation>
    </message>
    <message>
        <source>a codebook of %1 values: expected 2 to 256</source>
        <translation>값이 %1개인 코드북: 2~256이어야 합니다</translation>
    </message>
    <message>
        <source>a codec with %1-bit activations: expected 0 (floating point), or 8 with 8 bits, symmetric, per channel or per tensor</source>
        <translation>활성화가 %1비트인 코덱: 0(부동소수점)이거나, 8비트, 대칭, 채널별 또는 텐서별인 8이어야 합니다</translation>
    </message>
    <message>
        <source>a codec of %1 planes: expected 1, or 2 of a binary one</source>
        <translation>평면이 %1개인 코덱: 1이거나, 이진 코덱이면 2여야 합니다</translation>
    </message>
    <message>
        <source>a tensor of the type %1 is no weight: expected a floating type</source>
        <translation>형식이 %1인 텐서는 가중치가 아닙니다. 부동소수점 형식이어야 합니다</translation>
    </message>
    <message>
        <source>a tensor of the shape %1 cannot be encoded: expected a matrix; vectors are only stored dense</source>
        <translation>모양이 %1인 텐서는 인코딩할 수 없습니다. 행렬이어야 합니다. 벡터는 조밀하게만 저장합니다</translation>
    </message>
    <message>
        <source>the weights hold a value that is not finite</source>
        <translation>가중치에 유한하지 않은 값이 있습니다</translation>
    </message>
    <message>
        <source>the weights reach %1, beyond what %2 can hold</source>
        <translation>가중치의 크기가 %1에 이르러 %2의 범위를 넘습니다</translation>
    </message>
    <message>
        <source>a codebook of the shape %1: expected %2 rows of %3 finite values in half precision</source>
        <translation>코드북의 모양 %1: 반정밀도의 유한한 값 %3개로 된 행이 %2개여야 합니다</translation>
    </message>
    <message>
        <source>scales of the shape %1: expected %2 finite numbers from 0 in half precision</source>
        <translation>스케일의 모양 %1: 반정밀도의 0 이상 유한한 수가 %2개여야 합니다</translation>
    </message>
    <message>
        <source>zero points of the shape %1: expected %2 codes up to %3</source>
        <translation>영점의 모양 %1: %3 이하의 코드가 %2개여야 합니다</translation>
    </message>
    <message>
        <source>a codebook cannot be used before its values are chosen</source>
        <translation>값을 정하기 전에는 코드북을 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>an input scale of the shape %1: expected %2 finite values in half precision</source>
        <translation>입력 스케일의 모양 %1: 반정밀도의 유한한 값이 %2개여야 합니다</translation>
    </message>
    <message>
        <source>%1: the packing cannot be read: %2</source>
        <translation>%1: 패킹을 읽을 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1: the packing: expected %2 in &quot;%3&quot;, found %4</source>
        <translation>%1: 패킹: &quot;%3&quot;: 필요한 값 %2, 실제 값 %4</translation>
    </message>
    <message>
        <source>%1: the packing: &quot;%2&quot; does not go with %3</source>
        <translation>%1: 패킹: 함께 쓸 수 없습니다: &quot;%2&quot;, %3</translation>
    </message>
    <message>
        <source>%1: the tensor %2 is missing</source>
        <translation>%1: 텐서가 없습니다: %2</translation>
    </message>
    <message>
        <source>%1: tensor %2: expected %3 of the shape %4, found %5 of %6</source>
        <translation>%1: 텐서 %2: 필요한 것 %3(모양 %4), 실제 %5(모양 %6)</translation>
    </message>
    <message>
        <source>%1: a matrix of %2 weights in %3 bytes: more than can be unpacked</source>
        <translation>%1: 가중치 %2개인 행렬이 %3바이트에 담겨 있습니다. 풀 수 있는 양을 넘습니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: holds the code %3, expected %4 to %5</source>
        <translation>%1: 텐서 %2: 코드 %3: %4~%5여야 합니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: unused bits at its end are not 0</source>
        <translation>%1: 텐서 %2: 끝의 쓰지 않는 비트가 0이 아닙니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: holds a scale that is not a finite number from 0</source>
        <translation>%1: 텐서 %2: 0 이상의 유한한 수가 아닌 스케일이 있습니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: holds a value that is not finite</source>
        <translation>%1: 텐서 %2: 유한하지 않은 값이 있습니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: row %3 keeps %4 weights of %5</source>
        <translation>%1: 텐서 %2: %3행: 가중치 %5개 중 %4개를 남깁니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: column %3 in row %4: expected ascending columns below %5</source>
        <translation>%1: 텐서 %2: %4행의 열 %3: %5보다 작은 열이 오름차순으로 있어야 합니다</translation>
    </message>
    <message>
        <source>%1: the packing says %2 weights are kept, found %3 of %4</source>
        <translation>%1: 패킹에는 남은 가중치가 %2개로 적혀 있는데 실제로는 %4개 중 %3개입니다</translation>
    </message>
    <message>
        <source>%1: there is no form of weight &quot;%2&quot;</source>
        <translation>%1: 없는 가중치 형식입니다: &quot;%2&quot;</translation>
    </message>
    <message>
        <source>%1: the parts %2 and %3 do not make a matrix</source>
        <translation>%1: 부분 %2, %3: 행렬이 되지 않습니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: expected ascending columns below %3, found %4</source>
        <translation>%1: 텐서 %2: %3보다 작은 열이 오름차순으로 있어야 하는데 실제 값은 %4입니다</translation>
    </message>
    <message>
        <source>there is no layer %1</source>
        <translation>없는 레이어입니다: %1</translation>
    </message>
    <message>
        <source>the layer %1 shares its weight with itself</source>
        <translation>레이어 %1: 자기 자신과 가중치를 공유합니다</translation>
    </message>
    <message>
        <source>%1: expected a name ending in .png, .svg or .pdf</source>
        <translation>%1: 이름이 .png, .svg 또는 .pdf로 끝나야 합니다</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>비트</translation>
    </message>
    <message>
        <source>granularity</source>
        <translation>스케일 단위</translation>
    </message>
    <message>
        <source>group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>symmetric</source>
        <translation>대칭</translation>
    </message>
    <message>
        <source>clip</source>
        <translation>클리핑</translation>
    </message>
    <message>
        <source>sparsity</source>
        <translation>희소도</translation>
    </message>
    <message>
        <source>pattern</source>
        <translation>패턴</translation>
    </message>
    <message>
        <source>block</source>
        <translation>블록</translation>
    </message>
    <message>
        <source>scope</source>
        <translation>범위</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>랭크</translation>
    </message>
    <message>
        <source>keep</source>
        <translation>유지</translation>
    </message>
    <message>
        <source>energy</source>
        <translation>에너지</translation>
    </message>
    <message>
        <source>error</source>
        <translation>오차</translation>
    </message>
    <message>
        <source>count</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>importance</source>
        <translation>중요도</translation>
    </message>
    <message>
        <source>mode</source>
        <translation>방식</translation>
    </message>
    <message>
        <source>text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>groups</source>
        <translation>그룹 수</translation>
    </message>
    <message>
        <source>every</source>
        <translation>간격</translation>
    </message>
    <message>
        <source>keep-weights</source>
        <translation>남길 가중치</translation>
    </message>
    <message>
        <source>candidates</source>
        <translation>후보</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>임곗값</translation>
    </message>
    <message>
        <source>penalty</source>
        <translation>벌점</translation>
    </message>
    <message>
        <source>alpha</source>
        <translation>알파</translation>
    </message>
    <message>
        <source>act-order</source>
        <translation>활성화 순서</translation>
    </message>
    <message>
        <source>k</source>
        <translation>k</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>learning-rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>batch-tokens</source>
        <translation>배치 토큰</translation>
    </message>
    <message>
        <source>warm-up</source>
        <translation>워밍업</translation>
    </message>
    <message>
        <source>patience</source>
        <translation>인내 에포크</translation>
    </message>
    <message>
        <source>gradual</source>
        <translation>점진 구간</translation>
    </message>
    <message>
        <source>bits-from</source>
        <translation>시작 비트</translation>
    </message>
    <message>
        <source>score-rate</source>
        <translation>점수 학습률</translation>
    </message>
    <message>
        <source>split-epochs</source>
        <translation>분할 에포크</translation>
    </message>
    <message>
        <source>split-rate</source>
        <translation>분할 학습률</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>method</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>온도</translation>
    </message>
    <message>
        <source>transfer-epochs</source>
        <translation>전이 에포크</translation>
    </message>
    <message>
        <source>augment</source>
        <translation>증강</translation>
    </message>
    <message>
        <source>replace</source>
        <translation>교체</translation>
    </message>
    <message>
        <source>relation-heads</source>
        <translation>관계 헤드</translation>
    </message>
    <message>
        <source>teacher-layer</source>
        <translation>교사 레이어</translation>
    </message>
    <message>
        <source>base</source>
        <translation>시작 확률</translation>
    </message>
    <message>
        <source>slope</source>
        <translation>증가량</translation>
    </message>
    <message>
        <source>soft-weight</source>
        <translation>소프트 비중</translation>
    </message>
    <message>
        <source>mlm-weight</source>
        <translation>MLM 비중</translation>
    </message>
    <message>
        <source>cosine-weight</source>
        <translation>코사인 비중</translation>
    </message>
    <message>
        <source>beta</source>
        <translation>베타</translation>
    </message>
    <message>
        <source>general-epochs</source>
        <translation>일반 에포크</translation>
    </message>
    <message>
        <source>intermediate-epochs</source>
        <translation>중간 에포크</translation>
    </message>
    <message>
        <source>prediction-epochs</source>
        <translation>예측 에포크</translation>
    </message>
    <message>
        <source>attention-weight</source>
        <translation>어텐션 비중</translation>
    </message>
    <message>
        <source>successor-epochs</source>
        <translation>후속 에포크</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>share</source>
        <translation>비율</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>블록</translation>
    </message>
    <message>
        <source>values</source>
        <translation>값</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>텐서</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>minmax</source>
        <translation>최소·최대</translation>
    </message>
    <message>
        <source>percentile</source>
        <translation>백분위수</translation>
    </message>
    <message>
        <source>mse</source>
        <translation>제곱 오차</translation>
    </message>
    <message>
        <source>matrix</source>
        <translation>행렬</translation>
    </message>
    <message>
        <source>row</source>
        <translation>행</translation>
    </message>
    <message>
        <source>global</source>
        <translation>전역</translation>
    </message>
    <message>
        <source>sequential</source>
        <translation>순차</translation>
    </message>
    <message>
        <source>original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>magnitude</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>기울기</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>활성화</translation>
    </message>
    <message>
        <source>first-order</source>
        <translation>1차 근사</translation>
    </message>
    <message>
        <source>every-other</source>
        <translation>하나 걸러</translation>
    </message>
    <message>
        <source>last</source>
        <translation>마지막</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>어텐션</translation>
    </message>
    <message>
        <source>ffn</source>
        <translation>피드포워드</translation>
    </message>
    <message>
        <source>sandwich</source>
        <translation>샌드위치</translation>
    </message>
    <message>
        <source>every-n</source>
        <translation>n개마다</translation>
    </message>
    <message>
        <source>cycle</source>
        <translation>순환</translation>
    </message>
    <message>
        <source>cycle-reverse</source>
        <translation>순환(되돌아옴)</translation>
    </message>
    <message>
        <source>average</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>first</source>
        <translation>첫 번째</translation>
    </message>
    <message>
        <source>best</source>
        <translation>최고</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>float32</source>
        <translation>float32</translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <source>task</source>
        <translation>태스크</translation>
    </message>
    <message>
        <source>kd</source>
        <translation>지식 증류(KD)</translation>
    </message>
    <message>
        <source>distilbert</source>
        <translation>DistilBERT</translation>
    </message>
    <message>
        <source>pkd</source>
        <translation>PKD</translation>
    </message>
    <message>
        <source>tinybert</source>
        <translation>TinyBERT</translation>
    </message>
    <message>
        <source>mobilebert</source>
        <translation>MobileBERT</translation>
    </message>
    <message>
        <source>minilm</source>
        <translation>MiniLM</translation>
    </message>
    <message>
        <source>minilm2</source>
        <translation>MiniLMv2</translation>
    </message>
    <message>
        <source>theseus</source>
        <translation>BERT-of-Theseus</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source> + </source>
        <translation> + </translation>
    </message>
    <message>
        <source> in %1</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source> in %1 layers</source>
        <translation> (레이어 %1개)</translation>
    </message>
    <message>
        <source> by %1</source>
        <translation>, %1 방식</translation>
    </message>
    <message>
        <source>, %1 %2</source>
        <translation>, %1 %2</translation>
    </message>
    <message>
        <source>one shared block</source>
        <translation>블록 하나 공유</translation>
    </message>
    <message>
        <source>every %1 blocks shared</source>
        <translation>%1블록마다 공유</translation>
    </message>
    <message>
        <source>shared %1</source>
        <translation>%1 공유</translation>
    </message>
    <message>
        <source> of %1 blocks</source>
        <translation>, 블록 %1개</translation>
    </message>
    <message>
        <source>, best of %1</source>
        <translation>, 후보 %1개 중 최고</translation>
    </message>
    <message>
        <source>, averaged</source>
        <translation>, 평균</translation>
    </message>
    <message>
        <source>vocabulary in use</source>
        <translation>쓰는 어휘만</translation>
    </message>
    <message>
        <source>%1 heads</source>
        <translation>헤드 %1개</translation>
    </message>
    <message>
        <source>%1 neurons</source>
        <translation>유닛 %1개</translation>
    </message>
    <message>
        <source>%1 blocks</source>
        <translation>블록 %1개</translation>
    </message>
    <message>
        <source>%1 % of the heads</source>
        <translation>헤드 %1 %</translation>
    </message>
    <message>
        <source>%1 % of the neurons</source>
        <translation>유닛 %1 %</translation>
    </message>
    <message>
        <source>%1 % of the blocks</source>
        <translation>블록 %1 %</translation>
    </message>
    <message>
        <source>, the first</source>
        <translation>, 앞쪽</translation>
    </message>
    <message>
        <source> by importance</source>
        <translation>, 중요도 기준</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>가지치기</translation>
    </message>
    <message>
        <source>%1 pruned</source>
        <translation>%1 가지치기</translation>
    </message>
    <message>
        <source>%1 % pruned</source>
        <translation>%1 % 가지치기</translation>
    </message>
    <message>
        <source> in blocks of %1</source>
        <translation>, %1 블록</translation>
    </message>
    <message>
        <source> in each row</source>
        <translation>, 행마다</translation>
    </message>
    <message>
        <source> in each matrix</source>
        <translation>, 행렬마다</translation>
    </message>
    <message>
        <source> under one threshold</source>
        <translation>, 임곗값 하나</translation>
    </message>
    <message>
        <source> with %1</source>
        <translation>, %1</translation>
    </message>
    <message>
        <source>, %1 % kept</source>
        <translation>, %1 % 유지</translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>랭크 %1</translation>
    </message>
    <message>
        <source>attentive rank %1</source>
        <translation>주위를 살피는 랭크 %1</translation>
    </message>
    <message>
        <source>low rank</source>
        <translation>저랭크</translation>
    </message>
    <message>
        <source>attentive low rank</source>
        <translation>주위를 살피는 저랭크</translation>
    </message>
    <message>
        <source>, %1 % energy</source>
        <translation>, 에너지 %1 %</translation>
    </message>
    <message>
        <source>, %1 % error</source>
        <translation>, 오차 %1 %</translation>
    </message>
    <message>
        <source>%1 bits</source>
        <translation>%1비트</translation>
    </message>
    <message>
        <source>, groups of %1</source>
        <translation>, 그룹 %1</translation>
    </message>
    <message>
        <source>, one scale</source>
        <translation>, 스케일 하나</translation>
    </message>
    <message>
        <source>, asymmetric</source>
        <translation>, 비대칭</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>값 %1개</translation>
    </message>
    <message>
        <source>%1 shared values</source>
        <translation>공유 값 %1개</translation>
    </message>
    <message>
        <source>half</source>
        <translation>반정밀도</translation>
    </message>
    <message>
        <source>ternary</source>
        <translation>삼진</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>이진</translation>
    </message>
    <message>
        <source>trained 1 epoch</source>
        <translation>1에포크 학습</translation>
    </message>
    <message>
        <source>trained %1 epochs</source>
        <translation>%1에포크 학습</translation>
    </message>
    <message>
        <source> from %1 bits</source>
        <translation>, %1비트에서 시작</translation>
    </message>
    <message>
        <source>, %1 more split in two planes</source>
        <translation>, 두 평면으로 나눠 %1에포크 더</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1(%2)</translation>
    </message>
    <message>
        <source>Teaching a student, %1</source>
        <translation>학생 모델을 가르치는 중, %1</translation>
    </message>
    <message>
        <source>Exporting %1</source>
        <translation>내보내는 중: %1</translation>
    </message>
    <message>
        <source>There is no block before this one whose weights it could use.</source>
        <translation>이 블록 앞에는 가중치를 함께 쓸 블록이 없습니다.</translation>
    </message>
    <message>
        <source>It removes whole blocks, of which this layer is a part.</source>
        <translation>블록을 통째로 제거하는 기법이며, 이 레이어는 블록의 일부입니다.</translation>
    </message>
    <message>
        <source>The matrix gets another shape, which cannot be compared with the original.</source>
        <translation>행렬의 모양이 바뀌어 원본과 비교할 수 없습니다.</translation>
    </message>
    <message>
        <source>%1: has no runs yet; expected one at least to report on</source>
        <translation>%1: 아직 실행이 없습니다. 보고하려면 하나 이상 필요합니다</translation>
    </message>
    <message>
        <source>%1: expected a file that ends in .html, .pdf, .md or .csv</source>
        <translation>%1: .html, .pdf, .md 또는 .csv로 끝나는 파일이어야 합니다</translation>
    </message>
    <message>
        <source>there are no texts in the language &quot;%1&quot; in this program; expected one of %2</source>
        <translation>이 프로그램에는 언어 &quot;%1&quot;의 텍스트가 없습니다. 다음 중 하나여야 합니다: %2</translation>
    </message>
    <message>
        <source>the model could not be opened: %1</source>
        <translation>모델을 열 수 없습니다: %1</translation>
    </message>
    <message>
        <source>%1 holds another model than the one that was measured</source>
        <translation>%1: 측정한 모델과 다른 모델입니다</translation>
    </message>
    <message>
        <source>%1 has changed since it was measured, so that no texts can be shown</source>
        <translation>%1: 측정한 뒤에 바뀌어 텍스트를 표시할 수 없습니다</translation>
    </message>
    <message>
        <source>texts cannot be shown: %1</source>
        <translation>텍스트를 표시할 수 없습니다: %1</translation>
    </message>
    <message>
        <source>%1: holds no runs; expected a report (HTML or PDF) that Pare wrote</source>
        <translation>%1: 실행이 없습니다. Pare로 쓴 보고서(HTML 또는 PDF)여야 합니다</translation>
    </message>
    <message>
        <source>%1: the runs in this report cannot be read: %2</source>
        <translation>%1: 이 보고서의 실행을 읽을 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1: was written by a newer Pare: format %2, this program reads up to %3</source>
        <translation>%1: 더 새로운 Pare로 썼습니다. 형식은 %2이고 이 프로그램은 %3까지 읽습니다</translation>
    </message>
    <message>
        <source>%1: the runs in this report take more than %2 bytes</source>
        <translation>%1: 이 보고서의 실행은 %2바이트보다 큽니다</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: expected a number</source>
        <translation>&quot;%1&quot;: 수여야 합니다</translation>
    </message>
    <message>
        <source>%1: cannot be read, so what was done to this model is not known: %2</source>
        <translation>%1: 읽을 수 없어 이 모델에 무엇을 적용했는지 알 수 없습니다: %2</translation>
    </message>
    <message>
        <source>already compressed: more is lost on top of what was lost before, and figures compare with this model, not with the one it was made from</source>
        <translation>이미 압축되어 있습니다. 전에 잃은 것에 더하여 더 잃으며, 수치는 이 모델을 만든 원래 모델이 아니라 이 모델과 비교한 것입니다</translation>
    </message>
    <message>
        <source>already compressed (%1, made from %2): more is lost on top of what was lost before, and figures compare with this model, not with the one it was made from</source>
        <translation>이미 압축되어 있습니다(%1, 원래 모델 %2). 전에 잃은 것에 더하여 더 잃으며, 수치는 원래 모델이 아니라 이 모델과 비교한 것입니다</translation>
    </message>
    <message>
        <source>format dense: Hugging Face&apos;s layout has no attention among token rows, which factorize.safe makes; use format packed or torchscript</source>
        <translation>dense 형식: Hugging Face의 구조에는 factorize.safe가 만드는 토큰 행 사이의 어텐션이 없습니다. packed나 torchscript 형식을 쓰세요</translation>
    </message>
    <message>
        <source>format dense: block %1 has %2 of %3 heads, and transformers reads no such model since version 5; use format packed or torchscript</source>
        <translation>dense 형식: 블록 %1의 헤드는 %3개 중 %2개입니다. transformers는 버전 5부터 이런 모델을 읽지 않습니다. packed나 torchscript 형식을 쓰세요</translation>
    </message>
    <message>
        <source>format dense: block %1 has %2 feed-forward units and others have %3, for which Hugging Face&apos;s config.json has no key; use format packed or torchscript</source>
        <translation>dense 형식: 블록 %1의 피드포워드 유닛은 %2개이고 다른 블록은 %3개입니다. Hugging Face의 config.json에는 이를 나타낼 키가 없습니다. packed나 torchscript 형식을 쓰세요</translation>
    </message>
    <message>
        <source>layer %1: holds values too large for %2; use --dtype float32</source>
        <translation>레이어 %1: %2 형식에 너무 큰 값이 있습니다. --dtype float32를 쓰세요</translation>
    </message>
    <message>
        <source>%1 layers share weights that the format cannot tie, so each has a copy: %2 bytes more</source>
        <translation>레이어 %1개는 이 형식으로 묶을 수 없는 가중치를 공유하므로 각각 사본을 갖습니다. %2바이트가 늘어납니다</translation>
    </message>
    <message>
        <source>%1 layers round their inputs to 8 bits, which the format cannot say: in other programs they do not, and answers differ a little</source>
        <translation>레이어 %1개는 입력을 8비트로 반올림하는데 이 형식으로는 나타낼 수 없습니다. 다른 프로그램에서는 반올림하지 않으므로 응답이 조금 다릅니다</translation>
    </message>
    <message>
        <source>%1: not a GGUF file: it does not begin with &quot;GGUF&quot;</source>
        <translation>%1: GGUF 파일이 아닙니다. &quot;GGUF&quot;로 시작하지 않습니다</translation>
    </message>
    <message>
        <source>%1: GGUF version %2 cannot be read, expected %3 or %4, little-endian</source>
        <translation>%1: GGUF 버전 %2: 읽을 수 없습니다. 리틀 엔디언의 %3 또는 %4여야 합니다</translation>
    </message>
    <message>
        <source>%1: the file ends after %2 bytes, inside %3</source>
        <translation>%1: 파일이 %2바이트에서 끝납니다. %3의 중간입니다</translation>
    </message>
    <message>
        <source>%1: %2: a text is said to be %3 bytes long, expected at most %4</source>
        <translation>%1: %2: 텍스트 길이가 %3바이트로 적혀 있습니다. 최대 %4바이트까지 허용됩니다</translation>
    </message>
    <message>
        <source>%1: %2 is said to be %3, expected at most %4</source>
        <translation>%1: %2: 적힌 값은 %3, 최대 %4까지 허용됩니다</translation>
    </message>
    <message>
        <source>%1: the key %2 stands twice</source>
        <translation>%1: 키 %2: 두 번 나옵니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: stands twice</source>
        <translation>%1: 텐서 %2: 두 번 나옵니다</translation>
    </message>
    <message>
        <source>%1: the key %2 has a value of no known type: %3</source>
        <translation>%1: 키 %2: 알 수 없는 형식의 값입니다: %3</translation>
    </message>
    <message>
        <source>%1: the key %2: arrays of arrays are not read</source>
        <translation>%1: 키 %2: 배열의 배열은 읽지 않습니다</translation>
    </message>
    <message>
        <source>%1: the key %2: the number is too large</source>
        <translation>%1: 키 %2: 수가 너무 큽니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: has %3 dimensions, expected 1 to %4</source>
        <translation>%1: 텐서 %2: 차원이 %3개입니다. 1~%4개여야 합니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: the type %3 cannot be read; expected one of %4</source>
        <translation>%1: 텐서 %2: 읽을 수 없는 형식입니다: %3. 다음 중 하나여야 합니다: %4</translation>
    </message>
    <message>
        <source>%1: tensor %2: the shape %3 does not fit into a file of %4 bytes</source>
        <translation>%1: 텐서 %2: 모양 %3: %4바이트인 파일에 들어가지 않습니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: rows of %3 weights cannot be %4, which needs a multiple of %5</source>
        <translation>%1: 텐서 %2: 가중치 %3개인 행은 %4 형식이 될 수 없습니다. %5의 배수여야 합니다</translation>
    </message>
    <message>
        <source>%1: general.alignment: expected a power of two up to %2</source>
        <translation>%1: general.alignment: %2 이하인 2의 거듭제곱이어야 합니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: its %3 bytes at offset %4 (a multiple of %5) do not lie in the %6 bytes of data</source>
        <translation>%1: 텐서 %2: 오프셋 %4(%5의 배수)의 %3바이트가 %6바이트인 데이터를 벗어납니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: begins inside tensor %3</source>
        <translation>%1: 텐서 %2: 텐서 %3의 안에서 시작합니다</translation>
    </message>
    <message>
        <source>%1: the key %2 is missing</source>
        <translation>%1: 키 %2: 없습니다</translation>
    </message>
    <message>
        <source>%1: the key %2: expected %3</source>
        <translation>%1: 키 %2: 필요한 값은 %3입니다</translation>
    </message>
    <message>
        <source>%1: the key %2: expected a number from %3 to %4, found %5</source>
        <translation>%1: 키 %2: %3~%4의 수여야 하는데 실제 값은 %5입니다</translation>
    </message>
    <message>
        <source>%1: a GGUF file of the layout &quot;%2&quot;; expected &quot;bert&quot;</source>
        <translation>%1: &quot;%2&quot; 구조의 GGUF 파일입니다. &quot;bert&quot;여야 합니다</translation>
    </message>
    <message>
        <source>%1: GGUF&apos;s layout of a BERT cannot hold %2; expected %3</source>
        <translation>%1: GGUF의 BERT 구조에 담을 수 없습니다: %2. 필요한 것: %3</translation>
    </message>
    <message>
        <source>%1: GGUF&apos;s layout of a BERT has one number of heads: %2 has %3, the model&apos;s blocks %4</source>
        <translation>%1: GGUF의 BERT 구조에는 헤드 수가 하나뿐입니다. %2: %3개, 모델의 블록: %4개</translation>
    </message>
    <message>
        <source>%1: GGUF&apos;s layout of a BERT has one feed-forward width: %2 has %3, expected %4</source>
        <translation>%1: GGUF의 BERT 구조에는 피드포워드 너비가 하나뿐입니다. %2: 실제 %3, 필요 %4</translation>
    </message>
    <message>
        <source>a weight of %1 cannot be written as %2, whose numbers end at 65504</source>
        <translation>가중치 %1: %2 형식으로 쓸 수 없습니다. 이 형식의 수는 65504까지입니다</translation>
    </message>
    <message>
        <source>%1: there is no token %2, the vocabulary has %3</source>
        <translation>%1: 토큰 %2: 없습니다. 어휘의 크기는 %3입니다</translation>
    </message>
    <message>
        <source>the weights of layer %1 are missing</source>
        <translation>레이어 %1: 가중치가 없습니다</translation>
    </message>
    <message>
        <source>layer %1: expected weights of the shape %2, found %3</source>
        <translation>레이어 %1: 필요한 모양 %2, 실제 %3</translation>
    </message>
    <message>
        <source>%1: %2 becomes %3 with the same values; %4 bytes become %5</source>
        <translation>%1: %2 → %3, 값은 같습니다. %4바이트 → %5바이트</translation>
    </message>
    <message>
        <source>%1: %2 becomes %3, relative error %6; %4 bytes become %5</source>
        <translation>%1: %2 → %3, 상대 오차 %6. %4바이트 → %5바이트</translation>
    </message>
    <message>
        <source>%1 and %2 more: %3 becomes %4 with the same values; %5 bytes become %6</source>
        <translation>%1 외 %2개: %3 → %4, 값은 같습니다. %5바이트 → %6바이트</translation>
    </message>
    <message>
        <source>%1 and %2 more: %3 becomes %4, relative error up to %7; %5 bytes become %6</source>
        <translation>%1 외 %2개: %3 → %4, 상대 오차 최대 %7. %5바이트 → %6바이트</translation>
    </message>
    <message>
        <source>%1: left out, %2 bytes: without a head the file gives hidden states</source>
        <translation>%1: 뺐습니다, %2바이트. 헤드가 없으면 이 파일은 은닉 상태를 냅니다</translation>
    </message>
    <message>
        <source>GGUF cannot say that inputs are rounded to 8 bits; programs round them their own way</source>
        <translation>GGUF로는 입력을 8비트로 반올림한다고 나타낼 수 없습니다. 프로그램마다 나름대로 반올림합니다</translation>
    </message>
    <message>
        <source>this tokenizer keeps capitals; GGUF cannot say so, and llama.cpp reads all text in lower case</source>
        <translation>이 토크나이저는 대문자를 그대로 둡니다. GGUF로는 이를 나타낼 수 없으며, llama.cpp는 모든 텍스트를 소문자로 읽습니다</translation>
    </message>
    <message>
        <source>llama.cpp gives both texts of a pair the token type 0, and other answers than here</source>
        <translation>llama.cpp는 쌍의 두 텍스트에 모두 토큰 유형 0을 주므로 응답이 여기와 다릅니다</translation>
    </message>
    <message>
        <source>%1: a TorchScript file answers with logits, which a model with %2 has none of or two of; choose a classifier, pair or masked-LM head</source>
        <translation>%1: TorchScript 파일은 로짓으로 응답하는데, %2 모델에는 로짓이 없거나 둘입니다. 분류기, 쌍 또는 마스크 언어 모델 헤드를 고르세요</translation>
    </message>
    <message>
        <source>%1: Pare does not write %2 as TorchScript</source>
        <translation>%1: Pare에서 TorchScript로 쓰지 않는 것입니다: %2</translation>
    </message>
    <message>
        <source>layer %1: a Kronecker product with inputs of 8 bits cannot be written as TorchScript</source>
        <translation>레이어 %1: 입력이 8비트인 크로네커 곱은 TorchScript로 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>a TorchScript file of %1 values: expected float32 or float16</source>
        <translation>%1 값의 TorchScript 파일: float32 또는 float16이어야 합니다</translation>
    </message>
    <message>
        <source>layer %1: holds %2, beyond what float16 can; write float32</source>
        <translation>레이어 %1: %2: float16의 범위를 넘습니다. float32로 쓰세요</translation>
    </message>
    <message>
        <source>%1: not a TorchScript file: it is no zip archive, or a damaged one</source>
        <translation>%1: TorchScript 파일이 아닙니다. zip 아카이브가 아니거나 손상되었습니다</translation>
    </message>
    <message>
        <source>%1: the archive ends after %2 bytes, inside of what it should hold</source>
        <translation>%1: 아카이브가 %2바이트 뒤, 내용이 다 나오기 전에 끝납니다</translation>
    </message>
    <message>
        <source>%1: %2 in the archive is compressed, or larger than 4 GB, and cannot be read</source>
        <translation>%1: 아카이브의 %2 항목은 압축되었거나 4 GB보다 커서 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>%1: a TorchScript file that this version of Pare did not write; what such a program computes is not known, so it cannot be opened. Save the model as model.safetensors</source>
        <translation>%1: 이 버전의 Pare가 쓰지 않은 TorchScript 파일입니다. 그런 프로그램이 무엇을 계산하는지 알 수 없어 열 수 없습니다. 모델을 model.safetensors로 저장하세요</translation>
    </message>
    <message>
        <source>%1: the archive holds no %2</source>
        <translation>%1: 아카이브에 %2 항목이 없습니다</translation>
    </message>
    <message>
        <source>%1: %2 in the archive is damaged: its checksum is another</source>
        <translation>%1: 아카이브의 %2 항목이 손상되었습니다. 체크섬이 다릅니다</translation>
    </message>
    <message>
        <source>%1: data.pkl cannot be read: what stands before its byte %2 is not what Pare writes</source>
        <translation>%1: data.pkl을 읽을 수 없습니다. %2번째 바이트 앞의 내용은 Pare가 쓰는 것이 아닙니다</translation>
    </message>
    <message>
        <source>%1: tensor %2: expected %3 numbers of the type %4, found %5 bytes</source>
        <translation>%1: 텐서 %2: %4 형식의 수 %3개가 있어야 하는데 실제로는 %5바이트입니다</translation>
    </message>
    <message>
        <source>%1: the inputs of %2 layers are rounded to 8 bits where the file runs by itself; here they are not, because its numbers are rounded to float16, and answers differ a little</source>
        <translation>%1: 파일을 단독으로 실행하면 계층 %2개의 입력이 8비트로 반올림됩니다. 여기서는 파일의 수가 float16으로 반올림되어 있어 그렇게 하지 않으며, 답이 조금 다릅니다</translation>
    </message>
    <message>
        <source>%1: TorchScript does not run it: %2</source>
        <translation>%1: TorchScript로 실행되지 않습니다: %2</translation>
    </message>
    <message>
        <source>Reading the file again</source>
        <translation>파일을 다시 읽는 중</translation>
    </message>
    <message>
        <source>%1: read again, it is not what was written: %2</source>
        <translation>%1: 다시 읽으니 쓴 것과 다릅니다: %2</translation>
    </message>
    <message>
        <source>config.json describes another model</source>
        <translation>config.json이 다른 모델을 나타냅니다</translation>
    </message>
    <message>
        <source>layer %1 is missing</source>
        <translation>레이어 %1: 없습니다</translation>
    </message>
    <message>
        <source>layer %1: the %2 has other values</source>
        <translation>레이어 %1: %2: 값이 다릅니다</translation>
    </message>
    <message>
        <source>layer %1: shared its weight with %2 and has one of its own now</source>
        <translation>레이어 %1: %2의 가중치를 공유했는데 지금은 자체 가중치가 있습니다</translation>
    </message>
    <message>
        <source>the same values, but packed in another way</source>
        <translation>값은 같지만 다르게 패킹되어 있습니다</translation>
    </message>
    <message>
        <source>it computes logits of the shape [%1], expected [%2]</source>
        <translation>로짓의 모양이 [%1]입니다. [%2]여야 합니다</translation>
    </message>
    <message>
        <source>it computes hidden states that are up to %1 off, expected at most %2</source>
        <translation>은닉 상태가 최대 %1만큼 다릅니다. 최대 %2까지 허용됩니다</translation>
    </message>
    <message>
        <source>tensor %1 is missing</source>
        <translation>텐서 %1 없음</translation>
    </message>
    <message>
        <source>tensor %1 belongs to no layer</source>
        <translation>텐서 %1: 속하는 층이 없습니다</translation>
    </message>
    <message>
        <source>tensor %1: has the shape %2, expected %3</source>
        <translation>텐서 %1: 모양이 %2입니다. %3이어야 합니다</translation>
    </message>
    <message>
        <source>%1: at byte %2 there is not what a GGUF file goes on with</source>
        <translation>%1: 바이트 %2에 GGUF 파일에 있어야 할 내용이 없습니다</translation>
    </message>
    <message>
        <source>%1: tensor %2 of type %3 does not fit into the file</source>
        <translation>%1: 형식 번호가 %3인 텐서 %2의 크기가 파일과 맞지 않습니다</translation>
    </message>
    <message>
        <source>%1: the key %2 says %3, expected %4</source>
        <translation>%1: 키 %2의 값이 %3입니다. %4이어야 합니다</translation>
    </message>
    <message>
        <source>%1: %2 is shorter than what it has to hold</source>
        <translation>%1: %2: 담아야 할 내용보다 짧습니다</translation>
    </message>
    <message>
        <source>the description of its weights is not what FORMAT.md says: %1</source>
        <translation>가중치 설명이 FORMAT.md와 다릅니다: %1</translation>
    </message>
    <message>
        <source>%1: was read again when it had been exported, and was not what was written: %2</source>
        <translation>%1: 내보낸 뒤 다시 읽었을 때 기록한 내용과 달랐습니다: %2</translation>
    </message>
    <message>
        <source>%1: is missing, though pare.json beside it names it</source>
        <translation>%1: 같은 폴더의 pare.json에 적혀 있으나 파일이 없습니다</translation>
    </message>
    <message>
        <source>%1: has %2 bytes, and %3 when it was exported: it was changed since</source>
        <translation>%1: %2바이트입니다. 내보낼 때는 %3바이트였으므로 그 뒤에 바뀌었습니다</translation>
    </message>
    <message>
        <source>%1: has another SHA-256 than when it was exported: it was changed since</source>
        <translation>%1: SHA-256이 내보낼 때와 다릅니다. 그 뒤에 바뀌었습니다</translation>
    </message>
    <message>
        <source>line %1, column %2: expected a value, found %3</source>
        <translation>%1번째 줄 %2번째 칸: 값이 있어야 합니다. 찾은 것: %3</translation>
    </message>
    <message>
        <source>line %1, column %2: expected a key in quotes, found %3</source>
        <translation>%1번째 줄 %2번째 칸: 따옴표로 묶은 키가 있어야 합니다. 찾은 것: %3</translation>
    </message>
    <message>
        <source>line %1, column %2: expected a colon behind the key, found %3</source>
        <translation>%1번째 줄 %2번째 칸: 키 뒤에 콜론이 있어야 합니다. 찾은 것: %3</translation>
    </message>
    <message>
        <source>line %1, column %2: expected a comma or }, found %3</source>
        <translation>%1번째 줄 %2번째 칸: 쉼표나 }가 있어야 합니다. 찾은 것: %3</translation>
    </message>
    <message>
        <source>line %1, column %2: expected a comma or ], found %3</source>
        <translation>%1번째 줄 %2번째 칸: 쉼표나 ]가 있어야 합니다. 찾은 것: %3</translation>
    </message>
    <message>
        <source>line %1, column %2: expected nothing more, found %3</source>
        <translation>%1번째 줄 %2번째 칸: 더 이상 아무것도 없어야 합니다. 찾은 것: %3</translation>
    </message>
    <message>
        <source>line %1, column %2: expected a digit, found %3</source>
        <translation>%1번째 줄 %2번째 칸: 숫자가 있어야 합니다. 찾은 것: %3</translation>
    </message>
    <message>
        <source>the end of the text</source>
        <translation>텍스트의 끝</translation>
    </message>
    <message>
        <source>a control character</source>
        <translation>제어 문자</translation>
    </message>
    <message>
        <source>the end of the line</source>
        <translation>줄의 끝</translation>
    </message>
    <message>
        <source>the key &quot;%1&quot; stands twice in one object; expected once</source>
        <translation>한 객체에 키 &quot;%1&quot;이 두 번 있습니다. 한 번이어야 합니다</translation>
    </message>
    <message>
        <source>read again: %1 of %2 answers to random tokens changed, logits differ by at most %3</source>
        <translation>다시 읽어 확인: 무작위 토큰에 대한 응답 %2개 중 %1개가 바뀜, 로짓 차이는 최대 %3</translation>
    </message>
    <message>
        <source>read again: hidden states of %1 examples differ by at most %2</source>
        <translation>다시 읽어 확인: 예제 %1개의 은닉 상태 차이는 최대 %2</translation>
    </message>
    <message>
        <source>read again: hidden states of %1 sequences of random tokens differ by at most %2</source>
        <translation>다시 읽어 확인: 무작위 토큰 시퀀스 %1개의 은닉 상태 차이는 최대 %2</translation>
    </message>
    <message>
        <source>it computes logits that are up to %1 off, expected at most %2</source>
        <translation>로짓이 최대 %1만큼 다릅니다. 최대 %2까지 허용됩니다</translation>
    </message>
    <message>
        <source>format: expected packed, dense, torchscript or gguf, found &quot;%1&quot;</source>
        <translation>형식: packed, dense, torchscript 또는 gguf여야 하는데 실제 값은 &quot;%1&quot;입니다</translation>
    </message>
    <message>
        <source>pare.json: cannot be read: %1</source>
        <translation>pare.json: 읽을 수 없습니다: %1</translation>
    </message>
    <message>
        <source>pare.json: written in schema %1, this program reads up to %2; a newer Pare can open it</source>
        <translation>pare.json: 스키마 %1입니다. 이 프로그램은 %2까지 읽습니다. 더 새로운 Pare로 여세요</translation>
    </message>
    <message>
        <source>Eight bits everywhere</source>
        <translation>모두 8비트</translation>
    </message>
    <message>
        <source>A quarter of the size; hardly any answer changes in most models.</source>
        <translation>크기가 4분의 1이 됩니다. 대부분의 모델에서 응답이 거의 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>Four bits in groups of 32</source>
        <translation>그룹 32의 4비트</translation>
    </message>
    <message>
        <source>Each group of 32 weights has a scale of its own, so that few large weights do not spoil the others.</source>
        <translation>가중치 32개 그룹마다 스케일을 따로 두어, 몇몇 큰 가중치가 나머지를 망치지 않게 합니다.</translation>
    </message>
    <message>
        <source>Eight bits that run faster</source>
        <translation>더 빠른 8비트</translation>
    </message>
    <message>
        <source>Weights and inputs in 8 bits: multiplied as whole numbers where the processor can.</source>
        <translation>가중치와 입력을 8비트로 씁니다. 프로세서가 지원하면 정수로 곱합니다.</translation>
    </message>
    <message>
        <source>Four bits by GPTQ</source>
        <translation>GPTQ 4비트</translation>
    </message>
    <message>
        <source>Rounds column by column and lets the rest make good for it; looks at calibration data.</source>
        <translation>열을 차례로 반올림하고 나머지가 메우게 합니다. 보정 데이터를 살펴봅니다.</translation>
    </message>
    <message>
        <source>Half the rank</source>
        <translation>절반 랭크</translation>
    </message>
    <message>
        <source>Every matrix of the blocks as a product of two thin ones, by its singular values.</source>
        <translation>블록의 모든 행렬을 특잇값에 따라 얇은 두 행렬의 곱으로 나타냅니다.</translation>
    </message>
    <message>
        <source>A narrow token table</source>
        <translation>좁은 토큰 표</translation>
    </message>
    <message>
        <source>The token table as two factors, as ALBERT has it; it is much of a small model.</source>
        <translation>ALBERT처럼 토큰 표를 두 인수로 나눕니다. 작은 모델에서는 이 표가 큰 부분을 차지합니다.</translation>
    </message>
    <message>
        <source>Half of the weights zero</source>
        <translation>가중치의 절반을 0으로</translation>
    </message>
    <message>
        <source>The smallest weights of each matrix go. Smaller, and no faster: zeros are multiplied all the same.</source>
        <translation>각 행렬의 가장 작은 가중치를 뺍니다. 더 작아지지만 빨라지지는 않습니다. 0도 똑같이 곱하기 때문입니다.</translation>
    </message>
    <message>
        <source>Thinner feed-forward layers</source>
        <translation>더 얇은 피드포워드 레이어</translation>
    </message>
    <message>
        <source>Half of the feed-forward units go for good: smaller and faster.</source>
        <translation>피드포워드 유닛의 절반을 아주 뺍니다. 더 작고 더 빠릅니다.</translation>
    </message>
    <message>
        <source>One block for all</source>
        <translation>하나의 블록을 모두가</translation>
    </message>
    <message>
        <source>All blocks share the weights of the first, as in ALBERT; meant to be trained afterwards.</source>
        <translation>ALBERT처럼 모든 블록이 첫 블록의 가중치를 공유합니다. 이어서 학습하는 것을 전제로 합니다.</translation>
    </message>
    <message>
        <source>Run %1 keeps no answers: an earlier Pare measured it, or they are longer than a project may hold. Measure it in a new project to see them.</source>
        <translation>실행 %1에는 응답이 저장되어 있지 않습니다. 이전 버전의 Pare로 측정했거나 응답이 프로젝트의 한도보다 깁니다. 새 프로젝트에서 측정하면 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Runs %1 and %2 answered different data, and cannot be compared</source>
        <translation>실행 %1 및 %2: 응답한 데이터가 서로 달라 비교할 수 없습니다</translation>
    </message>
    <message>
        <source>Looking for the layers that changed answers of %1</source>
        <translation>응답을 바꾼 레이어 찾는 중: %1</translation>
    </message>
    <message>
        <source>texts cannot be shown, nor slices by words: %1</source>
        <translation>텍스트와 단어별 구간을 표시할 수 없습니다: %1</translation>
    </message>
    <message>
        <source>%1 has changed since run %2 was measured</source>
        <translation>%1: 실행 %2 측정 이후 내용이 바뀌었습니다</translation>
    </message>
    <message>
        <source>%1: is not the model that run %2 measured</source>
        <translation>%1: 실행 %2에서 측정한 모델이 아닙니다</translation>
    </message>
    <message>
        <source>read again: %1 of %2 answers changed, logits differ by at most %3</source>
        <translation>다시 읽어 확인: 응답 %2개 중 %1개가 바뀜, 로짓 차이는 최대 %3</translation>
    </message>
    <message>
        <source>Measuring %1 on %2</source>
        <translation>측정 중: %1 (데이터: %2)</translation>
    </message>
    <message>
        <source>Asking %1 layers what they can lose</source>
        <translation>레이어 %1개에 무엇을 덜어 낼 수 있는지 물어보는 중</translation>
    </message>
    <message>
        <source>Asking %1 what it can lose</source>
        <translation>무엇을 덜어 낼 수 있는지 물어보는 중: %1</translation>
    </message>
    <message>
        <source>Of the selected layers none has a weight of its own that could lose something by itself</source>
        <translation>선택한 레이어 가운데 혼자서 무언가를 덜어 낼 수 있는 자기 가중치를 가진 것이 없습니다</translation>
    </message>
    <message>
        <source>teacher and student answer with one set of labels; the teacher with %1, the student with %2</source>
        <translation>교사 모델과 학생 모델은 같은 레이블로 답해야 합니다. 교사 모델의 레이블: %1, 학생 모델의 레이블: %2</translation>
    </message>
    <message>
        <source>%1 of the bytes are heads for a training that follows: %2</source>
        <translation>이 가운데 %1바이트는 이후 학습에 쓸 헤드입니다: %2</translation>
    </message>
    <message>
        <source>Highest learning rate on text and layers, after warm-up; otherwise 0.001 × √(128 / width), as for a masked language model</source>
        <translation>텍스트와 레이어를 배우는 단계에서 워밍업 뒤의 최고 학습률. 정하지 않으면 마스크 언어 모델처럼 0.001 × √(128 / 너비)</translation>
    </message>
    <message>
        <source>Share of the last stage&apos;s loss that comes from the masked tokens themselves; the rest comes from what the teacher says of them</source>
        <translation>마지막 단계의 손실 중 마스크한 토큰 자체에서 오는 비율. 나머지는 그 토큰에 대한 교사 모델의 응답에서 옵니다</translation>
    </message>
    <message>
        <source>Of the learning rate, for layers whose turn is over; 0: they are held</source>
        <translation>차례가 지난 레이어에 쓰는 학습률의 비율. 0이면 고정합니다</translation>
    </message>
    <message>
        <source>%1: holds a training that was not finished; go on with it (--resume), choose another folder, or remove %2 there</source>
        <translation>%1: 끝나지 않은 학습이 들어 있습니다. 이어서 하거나(--resume), 다른 폴더를 고르거나, 그 안의 %2 파일을 지우세요</translation>
    </message>
    <message>
        <source>transfer-rate</source>
        <translation>전이 학습률</translation>
    </message>
    <message>
        <source>lower-rate</source>
        <translation>아래 레이어 학습률 비율</translation>
    </message>
    <message>
        <source>the student&apos;s vocabulary is no part of the teacher&apos;s, in the same order: there its token %1, &quot;%2&quot;, does not come after &quot;%3&quot;</source>
        <translation>학생의 어휘는 교사 어휘의 일부를 같은 순서로 남긴 것이 아닙니다. 교사의 어휘에서는 학생의 토큰 %1번 &quot;%2&quot; 항목이 &quot;%3&quot; 뒤에 나오지 않습니다</translation>
    </message>
    <message>
        <source>by the width</source>
        <translation>너비에 따라</translation>
    </message>
    <message>
        <source>%1: teacher and student read by one vocabulary; the teacher&apos;s has %2 tokens, the student&apos;s %3. kd and pkd can teach a student that kept some of the teacher&apos;s tokens</source>
        <translation>%1: 교사와 학생은 같은 어휘로 읽어야 하는데, 교사의 어휘는 %2개, 학생의 어휘는 %3개입니다. 교사 토큰의 일부만 남긴 학생은 kd와 pkd로 가르칠 수 있습니다</translation>
    </message>
    <message>
        <source>layers have no number &quot;%1&quot;; expected one of %2</source>
        <translation>레이어에 &quot;%1&quot; 값은 없습니다. 쓸 수 있는 값: %2</translation>
    </message>
    <message>
        <source>%1 % (%2 … %3) so far</source>
        <translation>지금까지 %1 %(%2~%3)</translation>
    </message>
    <message>
        <source>%1 % (%2 … %3)</source>
        <translation>%1 %(%2~%3)</translation>
    </message>
    <message>
        <source>&quot;%1&quot; wants a number after it, as in &quot;%1 5&quot;</source>
        <translation>&quot;%1&quot; 뒤에 숫자가 있어야 합니다. 예: &quot;%1 5&quot;</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no condition; expected a quantity, a comparison and a number, as in &quot;error &gt; 5 %&quot;</source>
        <translation>&quot;%1&quot;은(는) 조건이 아닙니다. 수량, 비교 기호, 숫자를 적으세요. 예: &quot;error &gt; 5 %&quot;</translation>
    </message>
    <message>
        <source> in %1 and %2</source>
        <translation> (%1, %2)</translation>
    </message>
    <message>
        <source> in %1, %2 and %3</source>
        <translation> (%1, %2, %3)</translation>
    </message>
    <message>
        <source> in %1 roles</source>
        <translation> (역할 %1가지)</translation>
    </message>
    <message>
        <source>, outliers clipped</source>
        <translation>, 이상값 클리핑</translation>
    </message>
    <message>
        <source>, clipped for the least error</source>
        <translation>, 오차가 최소가 되게 클리핑</translation>
    </message>
    <message>
        <source>, largest inputs first</source>
        <translation>, 큰 입력부터</translation>
    </message>
    <message>
        <source>query</source>
        <translation>쿼리</translation>
    </message>
    <message>
        <source>key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>up</source>
        <translation>확장</translation>
    </message>
    <message>
        <source>down</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>정규화</translation>
    </message>
    <message>
        <source>pooler</source>
        <translation>풀러</translation>
    </message>
    <message>
        <source>classifier</source>
        <translation>분류기</translation>
    </message>
    <message>
        <source>head</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation>피드포워드</translation>
    </message>
    <message>
        <source>token embedding</source>
        <translation>토큰 임베딩</translation>
    </message>
    <message>
        <source>position embedding</source>
        <translation>위치 임베딩</translation>
    </message>
    <message>
        <source>type embedding</source>
        <translation>유형 임베딩</translation>
    </message>
    <message>
        <source>embedding attention</source>
        <translation>임베딩 어텐션</translation>
    </message>
    <message>
        <source>embedding projection</source>
        <translation>임베딩 투영</translation>
    </message>
    <message>
        <source>first order</source>
        <translation>1차 근사</translation>
    </message>
    <message>
        <source>every n</source>
        <translation>n개마다</translation>
    </message>
    <message>
        <source>soft movement</source>
        <translation>부드러운 이동</translation>
    </message>
    <message>
        <source>movement</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>KD</source>
        <translation>지식 증류(KD)</translation>
    </message>
    <message>
        <source>%1: what is known of the export %2 is damaged: %3</source>
        <translation>%1: 내보내기 %2의 기록이 손상되었습니다: %3</translation>
    </message>
    <message>
        <source>%1: token %2 is &quot;%3&quot;, expected &quot;%4&quot;</source>
        <translation>%1: 토큰 %2의 글이 &quot;%3&quot;입니다. &quot;%4&quot;여야 합니다</translation>
    </message>
    <message>
        <source>1 head</source>
        <translation>헤드 1개</translation>
    </message>
    <message>
        <source>1 neuron</source>
        <translation>뉴런 1개</translation>
    </message>
    <message>
        <source>1 block</source>
        <translation>블록 1개</translation>
    </message>
    <message>
        <source>%1: another Pare has this project open for writing; close it there, or name another project</source>
        <translation>%1: 다른 Pare가 이 프로젝트를 쓰기용으로 열고 있습니다. 그쪽에서 닫거나 다른 프로젝트를 지정하세요</translation>
    </message>
    <message>
        <source>%1: line %2: the model does not know the label &quot;%3&quot;; expected one of: %4</source>
        <translation>%1: %2번째 줄: 모델에 없는 레이블 &quot;%3&quot;입니다. 다음 중 하나여야 합니다: %4</translation>
    </message>
    <message>
        <source>Looking for the best recipe of at most %1 MB</source>
        <translation>%1 MB 이하에서 가장 좋은 레시피를 찾는 중</translation>
    </message>
    <message>
        <source>Looking for the best recipe with at least %1 % right</source>
        <translation>정답률 %1 % 이상에서 가장 좋은 레시피를 찾는 중</translation>
    </message>
    <message>
        <source>Looking for the best recipe that answers within %1 ms</source>
        <translation>%1 ms 안에 답하는 가장 좋은 레시피를 찾는 중</translation>
    </message>
    <message>
        <source>no difference larger than %1 points at %2 examples</source>
        <translation>예시 %2개에서 %1점보다 큰 차이가 없음</translation>
    </message>
    <message>
        <source>not yet: about %1 more examples would settle it</source>
        <translation>아직 알 수 없음: 예시가 약 %1개 더 있으면 결론이 남</translation>
    </message>
    <message>
        <source>line %1, column %2: expected a text that ends with a quote and has known escapes, found %3</source>
        <translation>%1번째 줄 %2번째 칸: 따옴표로 끝나고 알려진 이스케이프만 쓴 텍스트가 있어야 합니다. 찾은 것: %3</translation>
    </message>
    <message>
        <source> in block %1</source>
        <translation> (블록 %1)</translation>
    </message>
    <message>
        <source> in blocks %1</source>
        <translation> (블록 %1)</translation>
    </message>
    <message>
        <source> of block %1</source>
        <translation> (블록 %1)</translation>
    </message>
    <message>
        <source> of blocks %1</source>
        <translation> (블록 %1)</translation>
    </message>
    <message>
        <source> but not in %1</source>
        <translation> (%1 제외)</translation>
    </message>
    <message>
        <source> but not in %1 layers</source>
        <translation> (레이어 %1개 제외)</translation>
    </message>
    <message>
        <source>Asking every layer</source>
        <translation>모든 레이어에 물어보는 중</translation>
    </message>
</context>
<context>
    <name>pare::AboutDialog</name>
    <message>
        <source>About Pare</source>
        <translation>Pare 정보</translation>
    </message>
    <message>
        <source>Finds out what each layer of a language model can lose. Free software under the GNU General Public License, version 3 or later.</source>
        <translation>언어 모델의 각 레이어에서 무엇을 덜어 낼 수 있는지 알아봅니다. GNU 일반 공중 사용 허가서 버전 3 이상에 따른 자유 소프트웨어입니다.</translation>
    </message>
    <message>
        <source>%1 cores for this process</source>
        <translation>이 프로세스에서 쓸 수 있는 코어 %1개</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Format of exported files: %1</source>
        <translation>내보내는 파일의 형식: %1</translation>
    </message>
    <message>
        <source>Processor: %1</source>
        <translation>프로세서: %1</translation>
    </message>
    <message>
        <source>Kernels: %1</source>
        <translation>커널: %1</translation>
    </message>
</context>
<context>
    <name>pare::AnswersPanel</name>
    <message>
        <source>Changed answers</source>
        <translation>바뀐 응답</translation>
    </message>
    <message>
        <source>Which changed answers</source>
        <translation>표시할 바뀐 응답</translation>
    </message>
    <message>
        <source>Filter the answers</source>
        <translation>응답 필터</translation>
    </message>
    <message>
        <source>Words or labels</source>
        <translation>단어 또는 레이블</translation>
    </message>
    <message>
        <source>Close the changed answers</source>
        <translation>바뀐 응답 닫기</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Runs the model with each layer put back as it was, for the selected answers, or for the first %1, and sees which bring the old answer back</source>
        <translation>선택한 응답(없으면 처음 %1개)에 대해 레이어를 하나씩 원래대로 되돌려 실행하고, 어느 레이어를 되돌리면 이전 응답이 나오는지 확인합니다</translation>
    </message>
    <message>
        <source>Only answers whose text or labels hold these words</source>
        <translation>텍스트나 레이블에 이 단어가 있는 응답만 보입니다</translation>
    </message>
    <message>
        <source>Which layers?</source>
        <translation>어느 레이어가?</translation>
    </message>
</context>
<context>
    <name>pare::BudgetPanel</name>
    <message>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>이 레시피 쓰기</translation>
    </message>
    <message>
        <source>Use and measure</source>
        <translation>쓰고 측정하기</translation>
    </message>
    <message>
        <source>What is limited</source>
        <translation>제한할 것</translation>
    </message>
    <message>
        <source>File of at most</source>
        <translation>파일 크기 최대</translation>
    </message>
    <message>
        <source>Accuracy of at least</source>
        <translation>정확도 최소</translation>
    </message>
    <message>
        <source>An answer in at most</source>
        <translation>응답 시간 최대</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>한도</translation>
    </message>
    <message>
        <source>What each layer gets, and why</source>
        <translation>레이어마다 받는 것과 그 까닭</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>gets</source>
        <translation>선택</translation>
    </message>
    <message>
        <source>next best</source>
        <translation>차선</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>바이트</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>응답</translation>
    </message>
    <message>
        <source>What the file would grow by then</source>
        <translation>그때 늘어나는 파일 크기</translation>
    </message>
    <message>
        <source>How many answers more would change then</source>
        <translation>그때 더 바뀌는 응답의 수</translation>
    </message>
    <message>
        <source>From the model as it is to the smallest file, each layer by what it was measured to lose</source>
        <translation>원래 모델에서 가장 작은 파일까지, 레이어마다 잃는다고 측정된 만큼 나눕니다</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>Every layer is asked what it loses to 8, 6, 5, 4, 3 and 2 bits and to half its rank; then the best of all choices is computed, with proof. Nothing changes until you use it.</source>
        <translation>모든 레이어에 8, 6, 5, 4, 3, 2비트와 절반 랭크에서 무엇을 잃는지 물어본 뒤, 모든 조합 중 가장 좋은 것을 증명과 함께 계산합니다. 쓰기 전에는 아무것도 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>What the recipe that is looked for must keep to</source>
        <translation>찾는 레시피가 지켜야 할 한도</translation>
    </message>
    <message>
        <source>It becomes the recipe; undo brings back the one there was</source>
        <translation>이것이 레시피가 됩니다. 실행 취소하면 이전 레시피로 돌아갑니다</translation>
    </message>
    <message>
        <source>It becomes the recipe and is measured on the data file</source>
        <translation>이것이 레시피가 되고 데이터 파일로 측정됩니다</translation>
    </message>
    <message>
        <source>From %1 to %2%3</source>
        <translation>%1에서 %2%3까지</translation>
    </message>
    <message>
        <source>What is chosen on the map stays as it is; the others lose something</source>
        <translation>맵에서 선택한 것은 그대로 두고 나머지만 줄입니다</translation>
    </message>
    <message>
        <source>Leave the chosen layer alone</source>
        <translation>선택한 레이어는 그대로 두기</translation>
    </message>
    <message>
        <source>Leave the %1 chosen layers alone</source>
        <translation>선택한 레이어 %1개는 그대로 두기</translation>
    </message>
    <message>
        <source>At least %1</source>
        <translation>최소 %1</translation>
    </message>
    <message>
        <source>At most %1</source>
        <translation>최대 %1</translation>
    </message>
    <message>
        <source>At most %1, as the model is now</source>
        <translation>최대 %1(지금 모델의 값)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stops the search; what layers have told stays known</source>
        <translation>찾기를 멈춥니다. 레이어에서 이미 알아낸 것은 남습니다</translation>
    </message>
    <message>
        <source>Other sizes</source>
        <translation>다른 크기</translation>
    </message>
</context>
<context>
    <name>pare::ChangeNames</name>
    <message>
        <source>addition of %1</source>
        <translation>%1 추가</translation>
    </message>
    <message>
        <source>removal of %1</source>
        <translation>%1 제거</translation>
    </message>
    <message>
        <source>change of the recipe</source>
        <translation>레시피 변경</translation>
    </message>
    <message>
        <source>switch of %1</source>
        <translation>%1 켜고 끄기</translation>
    </message>
    <message>
        <source>change to %1</source>
        <translation>%1(으)로 변경</translation>
    </message>
    <message>
        <source>choice of a model</source>
        <translation>모델 선택</translation>
    </message>
    <message>
        <source>choice of a data file</source>
        <translation>데이터 파일 선택</translation>
    </message>
    <message>
        <source>choice of calibration data</source>
        <translation>보정 데이터 선택</translation>
    </message>
    <message>
        <source>number of calibration examples</source>
        <translation>보정 예시 수</translation>
    </message>
    <message>
        <source>number of threads</source>
        <translation>스레드 수</translation>
    </message>
    <message>
        <source>change of the seed</source>
        <translation>시드 변경</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>실행 %1개</translation>
    </message>
    <message>
        <source>delete of %1</source>
        <translation>삭제: %1</translation>
    </message>
    <message>
        <source>return of %1</source>
        <translation>되살리기: %1</translation>
    </message>
    <message>
        <source>pin of %1</source>
        <translation>고정: %1</translation>
    </message>
    <message>
        <source>unpinning of %1</source>
        <translation>고정 해제: %1</translation>
    </message>
    <message>
        <source>colour of %1</source>
        <translation>색: %1</translation>
    </message>
    <message>
        <source>tags of %1</source>
        <translation>태그: %1</translation>
    </message>
    <message>
        <source>note of %1</source>
        <translation>메모: %1</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>단계 %1개</translation>
    </message>
    <message>
        <source>preset %1</source>
        <translation>프리셋 %1</translation>
    </message>
    <message>
        <source>removal of all steps</source>
        <translation>모든 단계 제거</translation>
    </message>
    <message>
        <source>removal of the data file</source>
        <translation>데이터 파일 제거</translation>
    </message>
    <message>
        <source>removal of calibration data</source>
        <translation>보정 데이터 제거</translation>
    </message>
</context>
<context>
    <name>pare::CommandPalette</name>
    <message>
        <source>Type an action, a layer or a technique</source>
        <translation>동작, 레이어 또는 기법을 입력하세요</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>맞는 항목</translation>
    </message>
    <message>
        <source>Nothing fits</source>
        <translation>맞는 항목이 없습니다</translation>
    </message>
</context>
<context>
    <name>pare::ComparePanel</name>
    <message>
        <source>Layers of the compared runs</source>
        <translation>비교한 실행의 레이어</translation>
    </message>
    <message>
        <source>Answers that differ between the runs</source>
        <translation>실행 사이에 서로 다른 응답</translation>
    </message>
    <message>
        <source>Filter layers and answers</source>
        <translation>레이어와 응답 필터</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Compared runs</source>
        <translation>비교한 실행</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>응답</translation>
    </message>
    <message>
        <source>Close the comparison</source>
        <translation>비교 닫기</translation>
    </message>
    <message>
        <source>Select two or more runs and press Ctrl+D.</source>
        <translation>실행을 둘 이상 선택하고 Ctrl+D를 누르세요.</translation>
    </message>
    <message>
        <source>Only rows that hold these words</source>
        <translation>이 단어가 있는 행만 보입니다</translation>
    </message>
</context>
<context>
    <name>pare::DataChoice</name>
    <message>
        <source>nothing chosen</source>
        <translation>선택 안 함</translation>
    </message>
    <message>
        <source>choose …</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>파일 열기…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>pare::DataSection</name>
    <message>
        <source>Examples</source>
        <translation>예시 수</translation>
    </message>
    <message>
        <source>How many examples calibrate</source>
        <translation>보정에 쓰는 예시 수</translation>
    </message>
    <message>
        <source>So many of the calibration data are looked at: in the classes&apos; proportion, chosen by the seed. All of them where there are fewer.</source>
        <translation>보정 데이터 중 이만큼만 살펴봅니다. 클래스 비율을 지키며 시드에 따라 고르고, 데이터가 더 적으면 전부 씁니다.</translation>
    </message>
</context>
<context>
    <name>pare::DockTitle</name>
    <message>
        <source>Close %1</source>
        <translation>%1 닫기</translation>
    </message>
    <message>
        <source>Close; the Window menu brings it back</source>
        <translation>닫기(창 메뉴에서 다시 열 수 있습니다)</translation>
    </message>
</context>
<context>
    <name>pare::ExportDialog</name>
    <message>
        <source>Compare the answers to the data file, before and after</source>
        <translation>적용 전후의 응답을 데이터 파일로 비교</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>모델 내보내기</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Packed: as it is measured, for Pare</source>
        <translation>Packed: 측정한 그대로, Pare용</translation>
    </message>
    <message>
        <source>Dense: for Hugging Face transformers</source>
        <translation>Dense: Hugging Face transformers용</translation>
    </message>
    <message>
        <source>TorchScript: for PyTorch and LibTorch</source>
        <translation>TorchScript: PyTorch와 LibTorch용</translation>
    </message>
    <message>
        <source>GGUF: for programs that read it</source>
        <translation>GGUF: 이 형식을 읽는 프로그램용</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>수 형식</translation>
    </message>
    <message>
        <source>Export to this folder</source>
        <translation>이 폴더로 내보내기</translation>
    </message>
    <message>
        <source>The file that the size counts. Every weight is read again afterwards and compared.</source>
        <translation>크기로 세는 바로 그 파일입니다. 쓴 뒤에 모든 가중치를 다시 읽어 비교합니다.</translation>
    </message>
    <message>
        <source>The same values, each unpacked: larger, and readable by others. Refused where their layout has no words for the model.</source>
        <translation>같은 값을 모두 풀어서 씁니다. 더 크지만 다른 프로그램도 읽을 수 있습니다. 그 구조로 나타낼 수 없는 모델은 거부합니다.</translation>
    </message>
    <message>
        <source>model.pt with forward(input_ids, attention_mask); runs without Pare.</source>
        <translation>forward(input_ids, attention_mask)가 있는 model.pt입니다. Pare 없이 실행됩니다.</translation>
    </message>
    <message>
        <source>Keeps what GGUF can hold exactly, and says what it could not.</source>
        <translation>GGUF에 정확히 담을 수 있는 것을 담고, 담지 못한 것을 알려 줍니다.</translation>
    </message>
    <message>
        <source>The folder that the files go to; made where it is missing</source>
        <translation>파일이 들어갈 폴더. 없으면 만듭니다</translation>
    </message>
    <message>
        <source>Which programs are to read the files</source>
        <translation>어떤 프로그램이 파일을 읽을지</translation>
    </message>
    <message>
        <source>How unpacked weights are stored: 32 or 16 bits each</source>
        <translation>풀린 가중치를 저장하는 방식: 하나에 32비트 또는 16비트</translation>
    </message>
    <message>
        <source>Reads the files again, answers every example and counts what changed</source>
        <translation>파일을 다시 읽어 모든 예시에 응답하고 달라진 응답을 셉니다</translation>
    </message>
    <message>
        <source>Holds an earlier export, which is replaced.</source>
        <translation>이전에 내보낸 것이 있으며 새것으로 바뀝니다.</translation>
    </message>
</context>
<context>
    <name>pare::Exports</name>
    <message>
        <source>not read again</source>
        <translation>다시 읽지 않음</translation>
    </message>
    <message>
        <source>read again, it is not what was written: %1</source>
        <translation>다시 읽으니 쓴 것과 다릅니다: %1</translation>
    </message>
    <message>
        <source>%1, %2 (%3): %4</source>
        <translation>%1, %2 (%3): %4</translation>
    </message>
    <message>
        <source>%1 (not the same)</source>
        <translation>%1 (쓴 것과 다름)</translation>
    </message>
</context>
<context>
    <name>pare::Figure</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 % of the weights, beyond the axis</source>
        <translation>가중치의 %1 %, 축을 넘음</translation>
    </message>
    <message>
        <source>loss, nats</source>
        <translation>손실, nat</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>loss on the development data</source>
        <translation>개발 데이터의 손실</translation>
    </message>
    <message>
        <source>right on the development data</source>
        <translation>개발 데이터의 정답률</translation>
    </message>
    <message>
        <source>right, %</source>
        <translation>정답률, %</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>기울기 노름</translation>
    </message>
    <message>
        <source>How the training went</source>
        <translation>학습의 경과</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>% of the weights</source>
        <translation>가중치의 비율, %</translation>
    </message>
    <message>
        <source>before</source>
        <translation>적용 전</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>가중치 값</translation>
    </message>
    <message>
        <source>after: %1</source>
        <translation>적용 후: %1</translation>
    </message>
    <message>
        <source>kept singular values</source>
        <translation>남긴 특잇값</translation>
    </message>
    <message>
        <source>dropped ones</source>
        <translation>버린 특잇값</translation>
    </message>
    <message>
        <source>energy</source>
        <translation>에너지</translation>
    </message>
    <message>
        <source>singular value</source>
        <translation>특잇값</translation>
    </message>
    <message>
        <source>energy, %</source>
        <translation>에너지, %</translation>
    </message>
    <message>
        <source>rank %1, %2 % of the energy</source>
        <translation>랭크 %1, 에너지의 %2 %</translation>
    </message>
    <message>
        <source>break-even %1</source>
        <translation>본전 랭크 %1</translation>
    </message>
    <message>
        <source>singular values</source>
        <translation>특잇값</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>랭크</translation>
    </message>
    <message>
        <source>%1 × %2 weights</source>
        <translation>가중치 %1 × %2개</translation>
    </message>
    <message>
        <source>%1 × %2 weights in blocks of %3 × %4</source>
        <translation>가중치 %1 × %2개, 한 칸은 %3 × %4</translation>
    </message>
    <message>
        <source>column (input)</source>
        <translation>열(입력)</translation>
    </message>
    <message>
        <source>row (output)</source>
        <translation>행(출력)</translation>
    </message>
    <message>
        <source>after, below</source>
        <translation>적용 후(아래)</translation>
    </message>
    <message>
        <source>after, below: %1</source>
        <translation>적용 후(아래): %1</translation>
    </message>
    <message>
        <source>before, above</source>
        <translation>적용 전(위)</translation>
    </message>
    <message>
        <source>before, %</source>
        <translation>적용 전, %</translation>
    </message>
    <message>
        <source>after, %</source>
        <translation>적용 후, %</translation>
    </message>
</context>
<context>
    <name>pare::FigureDialog</name>
    <message>
        <source>Title and caption</source>
        <translation>제목과 설명</translation>
    </message>
    <message>
        <source>Save a picture</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>미리보기</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>PDF: vectors, fonts inside</source>
        <translation>PDF: 벡터, 글꼴 포함</translation>
    </message>
    <message>
        <source>SVG: vectors, text stays text</source>
        <translation>SVG: 벡터, 글자는 글자 그대로</translation>
    </message>
    <message>
        <source>Paper, one column: 85 mm</source>
        <translation>논문 1단: 85 mm</translation>
    </message>
    <message>
        <source>Paper, two columns: 174 mm</source>
        <translation>논문 2단: 174 mm</translation>
    </message>
    <message>
        <source>Paper, another width</source>
        <translation>논문, 다른 너비</translation>
    </message>
    <message>
        <source>Screen: 1600 × 900 pixels</source>
        <translation>화면: 1600 × 900 픽셀</translation>
    </message>
    <message>
        <source>as it comes</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Of names and numbers, 4 to 24 points</source>
        <translation>이름과 숫자의 크기, 4~24포인트</translation>
    </message>
    <message>
        <source>Dots to an inch of a PNG: 300 for pictures, 600 for fine lines</source>
        <translation>PNG의 인치당 점 수. 보통 그림은 300, 가는 선은 600</translation>
    </message>
    <message>
        <source>What</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>For</source>
        <translation>용도</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>너비</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>높이</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>글꼴</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>글자</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>선</translation>
    </message>
    <message>
        <source>Dots</source>
        <translation>해상도</translation>
    </message>
    <message>
        <source>%1 × %2 mm, text of %3 points, always light.</source>
        <translation>%1 × %2 mm, 글자 %3포인트, 항상 밝은 배경입니다.</translation>
    </message>
    <message>
        <source>1600 × 900 pixels, always light.</source>
        <translation>1600 × 900 픽셀, 항상 밝은 배경입니다.</translation>
    </message>
    <message>
        <source>PNG: pixels</source>
        <translation>PNG: 픽셀</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>To the clipboard: the picture, or as CSV the figures</source>
        <translation>클립보드로: 그림, CSV를 골랐을 때는 수치</translation>
    </message>
    <message>
        <source>CSV: the figures behind it</source>
        <translation>CSV: 그림의 바탕이 되는 수치</translation>
    </message>
    <message>
        <source>The map is as high as its rows</source>
        <translation>맵의 높이는 행의 수를 따릅니다</translation>
    </message>
    <message>
        <source>Of curves, the front and the intervals, 0.1 to 5 points</source>
        <translation>곡선, 전선, 구간의 선 굵기, 0.1~5 포인트</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of figures</source>
        <translation>
            <numerusform>수치 %n줄</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>복사했습니다.</translation>
    </message>
</context>
<context>
    <name>pare::HelpWindow</name>
    <message>
        <source>Pare help</source>
        <translation>Pare 도움말</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>차례</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>본문</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>앞으로</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>도움말 검색</translation>
    </message>
</context>
<context>
    <name>pare::HistogramView</name>
    <message>
        <source>Histogram of the weights</source>
        <translation>가중치 히스토그램</translation>
    </message>
    <message>
        <source>%1 weights between %2 and %3.</source>
        <translation>가중치 %1개, 범위 %2~%3.</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1~%2</translation>
    </message>
    <message>
        <source>before: %1 % of the weights</source>
        <translation>적용 전: 가중치의 %1 %</translation>
    </message>
    <message>
        <source>after: %1 %</source>
        <translation>적용 후: %1 %</translation>
    </message>
    <message>
        <source>The weights of the selected layer show here.</source>
        <translation>선택한 레이어의 가중치가 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>before</source>
        <translation>적용 전</translation>
    </message>
    <message>
        <source>%1 % of the weights</source>
        <translation>가중치의 %1 %</translation>
    </message>
    <message>
        <source>before, above</source>
        <translation>위: 적용 전</translation>
    </message>
    <message>
        <source>after, below</source>
        <translation>아래: 적용 후</translation>
    </message>
    <message>
        <source>after, below: %1</source>
        <translation>아래: 적용 후(%1)</translation>
    </message>
    <message>
        <source>Afterwards: %1.</source>
        <translation>이후: %1.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>pare::InspectorPanel</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1~%2</translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation>레이어 %1개</translation>
    </message>
    <message>
        <source>bytes before</source>
        <translation>원래 바이트</translation>
    </message>
    <message>
        <source>bytes now</source>
        <translation>현재 바이트</translation>
    </message>
    <message>
        <source>known after measuring</source>
        <translation>측정하면 알 수 있음</translation>
    </message>
    <message>
        <source>what is left</source>
        <translation>남은 비율</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>가중치 수</translation>
    </message>
    <message>
        <source>weight error</source>
        <translation>가중치 오차</translation>
    </message>
    <message>
        <source>now uses the weight of %1: no bytes of its own</source>
        <translation>%1의 가중치를 함께 씀: 자체 바이트 없음</translation>
    </message>
    <message>
        <source>now %1: %2</source>
        <translation>현재 %1: %2</translation>
    </message>
    <message>
        <source>%1: size known after measuring</source>
        <translation>%1: 크기는 측정하면 알 수 있음</translation>
    </message>
    <message>
        <source>weight error, measured</source>
        <translation>가중치 오차(측정값)</translation>
    </message>
    <message>
        <source>weight error, of this matrix</source>
        <translation>가중치 오차(이 행렬)</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation>표준 편차</translation>
    </message>
    <message>
        <source>smallest</source>
        <translation>최솟값</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>최댓값</translation>
    </message>
    <message>
        <source>kurtosis</source>
        <translation>첨도</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>0의 비율</translation>
    </message>
    <message>
        <source>Looking at the weights …</source>
        <translation>가중치를 살펴보는 중…</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>bytes of one layer now</source>
        <translation>현재 레이어 하나의 바이트</translation>
    </message>
    <message>
        <source>%1 values for the whole matrix: the ticks.</source>
        <translation>행렬 전체에 값 %1개. 눈금이 그 값입니다.</translation>
    </message>
    <message>
        <source>%1 values for the whole matrix.</source>
        <translation>행렬 전체에 값 %1개.</translation>
    </message>
    <message>
        <source>%1 values for each row; the ticks are those of a typical row.</source>
        <translation>행마다 값 %1개. 눈금은 전형적인 행의 값입니다.</translation>
    </message>
    <message>
        <source>%1 values for each row.</source>
        <translation>행마다 값 %1개.</translation>
    </message>
    <message>
        <source>%1 values for each group of %2 weights; the ticks are those of a typical group.</source>
        <translation>가중치 %2개 그룹마다 값 %1개. 눈금은 전형적인 그룹의 값입니다.</translation>
    </message>
    <message>
        <source>%1 values for each group of %2 weights.</source>
        <translation>가중치 %2개 그룹마다 값 %1개.</translation>
    </message>
    <message>
        <source>the weights of block %1</source>
        <translation>블록 %1의 가중치</translation>
    </message>
    <message>
        <source>How many bytes it leaves is known after measuring.</source>
        <translation>몇 바이트가 남는지는 측정하면 알 수 있습니다.</translation>
    </message>
    <message>
        <source>error known after measuring</source>
        <translation>오차는 측정하면 알 수 있음</translation>
    </message>
    <message>
        <source>look at data: error known after measuring</source>
        <translation>데이터를 살펴봄: 오차는 측정하면 알 수 있음</translation>
    </message>
    <message>
        <source>needs calibration data</source>
        <translation>보정 데이터 필요</translation>
    </message>
    <message>
        <source>learnt in training: add &quot;Recover by training&quot; as well</source>
        <translation>학습 과정에서 배움: &quot;학습으로 회복&quot;도 추가하세요</translation>
    </message>
    <message>
        <source>not for this layer</source>
        <translation>이 레이어에는 쓸 수 없음</translation>
    </message>
    <message>
        <source>The singular values of a matrix show here; this is a vector.</source>
        <translation>행렬의 특잇값이 여기에 표시됩니다. 이것은 벡터입니다.</translation>
    </message>
    <message>
        <source>Looking for the singular values …</source>
        <translation>특잇값을 구하는 중…</translation>
    </message>
    <message>
        <source>Of the original matrix, without other steps. From rank %1 on, two factors take as much as the matrix or more.</source>
        <translation>다른 단계 없이 원래 행렬만 본 것입니다. 랭크 %1부터는 두 인수의 크기가 행렬 이상입니다.</translation>
    </message>
    <message>
        <source>A matrix shows here as a picture; this is a vector.</source>
        <translation>행렬이 여기에 그림으로 표시됩니다. 이것은 벡터입니다.</translation>
    </message>
    <message>
        <source>Making the picture …</source>
        <translation>그림을 만드는 중…</translation>
    </message>
    <message>
        <source>No step changes it: there is only a picture of the original.</source>
        <translation>이 레이어를 바꾸는 단계가 없어 원본의 그림만 있습니다.</translation>
    </message>
    <message>
        <source>Counting what each technique would leave …</source>
        <translation>기법마다 무엇이 남는지 세는 중…</translation>
    </message>
    <message>
        <source>No technique acts on this layer: it keeps its values.</source>
        <translation>이 레이어에 작용하는 기법이 없습니다. 값을 그대로 둡니다.</translation>
    </message>
    <message>
        <source>It uses the weight of %1 and has no bytes of its own.</source>
        <translation>%1의 가중치를 함께 쓰며 자체 바이트가 없습니다.</translation>
    </message>
    <message>
        <source>less than 0.1 %</source>
        <translation>0.1 % 미만</translation>
    </message>
    <message>
        <source>It is %1 of the original file, and the recipe leaves a weight error of %2 in it.</source>
        <translation>원본 파일의 %1이며, 레시피를 적용하면 가중치 오차는 %2입니다.</translation>
    </message>
    <message>
        <source>It is %1 of the original file; what the recipe does to its weights is known after measuring.</source>
        <translation>원본 파일의 %1입니다. 레시피를 적용하면 가중치가 어떻게 되는지는 측정하면 알 수 있습니다.</translation>
    </message>
    <message>
        <source>It is %1 of the original file, and the recipe leaves it as it is.</source>
        <translation>원본 파일의 %1이며, 레시피에서 그대로 둡니다.</translation>
    </message>
    <message>
        <source>A few weights are much larger than the others (kurtosis %1): few bits spend their steps on those.</source>
        <translation>몇몇 가중치가 나머지보다 훨씬 큽니다(첨도 %1). 적은 비트로는 간격을 그쪽에 써 버립니다.</translation>
    </message>
    <message>
        <source>No weights stand out (kurtosis %1; a normal distribution has 3): few bits spread their steps well.</source>
        <translation>튀는 가중치가 없습니다(첨도 %1, 정규 분포는 3). 적은 비트로도 간격을 고르게 나눕니다.</translation>
    </message>
    <message>
        <source>A few weights are much larger than the others (kurtosis %1), which few bits spend their steps on; keeping 90 % of its energy takes %2 of %3 singular values, and saves %4 of its weights.</source>
        <translation>몇몇 가중치가 나머지보다 훨씬 커서(첨도 %1) 적은 비트로는 간격을 그쪽에 써 버립니다. 에너지의 90 %를 남기려면 특잇값 %3개 중 %2개가 필요하고, 가중치가 %4 줄어듭니다.</translation>
    </message>
    <message>
        <source>A few weights are much larger than the others (kurtosis %1), which few bits spend their steps on; its spectrum is flat too: keeping 90 % of its energy takes %2 of %3 singular values, and from %4 on nothing is saved.</source>
        <translation>몇몇 가중치가 나머지보다 훨씬 커서(첨도 %1) 적은 비트로는 간격을 그쪽에 써 버립니다. 스펙트럼도 평평하여 에너지의 90 %를 남기려면 특잇값 %3개 중 %2개가 필요한데, %4개부터는 줄어드는 것이 없습니다.</translation>
    </message>
    <message>
        <source>No weights stand out (kurtosis %1), so that few bits spread their steps well; keeping 90 % of its energy takes %2 of %3 singular values, and saves %4 of its weights.</source>
        <translation>튀는 가중치가 없어(첨도 %1) 적은 비트로도 간격을 고르게 나눕니다. 에너지의 90 %를 남기려면 특잇값 %3개 중 %2개가 필요하고, 가중치가 %4 줄어듭니다.</translation>
    </message>
    <message>
        <source>No weights stand out (kurtosis %1), so that few bits spread their steps well; its spectrum is flat: keeping 90 % of its energy takes %2 of %3 singular values, and from %4 on nothing is saved.</source>
        <translation>튀는 가중치가 없어(첨도 %1) 적은 비트로도 간격을 고르게 나눕니다. 스펙트럼은 평평하여 에너지의 90 %를 남기려면 특잇값 %3개 중 %2개가 필요한데, %4개부터는 줄어드는 것이 없습니다.</translation>
    </message>
    <message>
        <source>It is a vector: what is done to matrices leaves it as it is.</source>
        <translation>벡터입니다. 행렬에 적용하는 것은 이 레이어를 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Why it matters</source>
        <translation>중요한 까닭</translation>
    </message>
    <message>
        <source>Choose a layer on the map to see its weights, before and after, its singular values, its picture and what else it could lose. Several layers show their sums.</source>
        <translation>맵에서 레이어를 선택하면 적용 전후의 가중치, 특잇값, 그림, 더 덜어 낼 수 있는 것이 표시됩니다. 여러 레이어를 선택하면 합계가 표시됩니다.</translation>
    </message>
    <message>
        <source>What of the layer is shown</source>
        <translation>레이어에서 표시할 것</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>스펙트럼</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>행렬</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>선택지</translation>
    </message>
    <message>
        <source>Each alone on the original, %1: bytes it leaves, its weight error, and the time that it adds to an answer, as a sweep of the layers measured it (–: not measured). Click to add the step to the recipe.</source>
        <translation>원본(%1)에 하나씩만 적용했을 때 남는 바이트, 가중치 오차, 그리고 응답 한 번에 더해지는 시간(레이어별 응답을 구할 때 측정한 값, –: 측정하지 않음)입니다. 누르면 레시피에 단계를 추가합니다.</translation>
    </message>
    <message>
        <source>More in the help: %1</source>
        <translation>도움말 더 보기: %1</translation>
    </message>
    <message>
        <source>Choose the largest layer</source>
        <translation>가장 큰 레이어 선택</translation>
    </message>
</context>
<context>
    <name>pare::JobStrip</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Copy the message</source>
        <translation>메시지 복사</translation>
    </message>
    <message>
        <source>What runs, what waits, and what was done since the program was opened</source>
        <translation>진행 중인 작업, 대기 중인 작업, 프로그램을 연 뒤 끝난 작업</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Holds the work where it is, and lets it go on</source>
        <translation>작업을 그 자리에서 멈추거나 다시 이어서 합니다</translation>
    </message>
    <message>
        <source>Take the message away</source>
        <translation>메시지 치우기</translation>
    </message>
    <message>
        <source>Stop what runs and what waits (Esc); what is finished stays</source>
        <translation>진행 중인 작업과 대기 중인 작업을 멈춥니다(Esc). 끝난 것은 남습니다</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>All of the message</source>
        <translation>메시지 전체</translation>
    </message>
</context>
<context>
    <name>pare::JobsPanel</name>
    <message>
        <source>running</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>next</source>
        <translation>다음 차례</translation>
    </message>
    <message>
        <source>waits, %1</source>
        <translation>대기 %1번째</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1분 %2초</translation>
    </message>
    <message>
        <source>Nothing was computed since the program was opened.</source>
        <translation>프로그램을 연 뒤 계산한 것이 없습니다.</translation>
    </message>
    <message>
        <source>Holds the job that runs between two units of its work</source>
        <translation>진행 중인 작업을 다음 단위로 넘어가기 전에 멈춥니다</translation>
    </message>
    <message>
        <source>It is the next that begins</source>
        <translation>다음에 바로 시작합니다</translation>
    </message>
    <message>
        <source>Stops the job, or takes it off the list</source>
        <translation>작업을 중단하거나 목록에서 뺍니다</translation>
    </message>
    <message>
        <source>Puts the same job on the list again</source>
        <translation>같은 작업을 다시 목록에 넣습니다</translation>
    </message>
    <message>
        <source>Copies what the job did, or what went wrong</source>
        <translation>작업의 결과나 오류 내용을 복사합니다</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>걸린 시간</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Move first</source>
        <translation>맨 앞으로</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>빼기</translation>
    </message>
</context>
<context>
    <name>pare::LayerMap</name>
    <message>
        <source>Layer map</source>
        <translation>레이어 맵</translation>
    </message>
    <message>
        <source>Every layer of the model. Arrows move, Enter opens a layer, Space switches a step on it.</source>
        <translation>모델의 모든 레이어입니다. 화살표 키로 이동하고, Enter 키로 레이어를 열고, 스페이스 바로 단계를 켜거나 끕니다.</translation>
    </message>
    <message>
        <source>%1 (log)</source>
        <translation>%1(로그)</translation>
    </message>
    <message>
        <source>weight error</source>
        <translation>가중치 오차</translation>
    </message>
    <message>
        <source>%1b</source>
        <comment>few letters for bits: 4b</comment>
        <translation>%1b</translation>
    </message>
    <message>
        <source>r%1</source>
        <comment>few letters for a rank: r24</comment>
        <translation>r%1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>few letters for how many heads or neurons stay</comment>
        <translation>%1개</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>측정 안 됨</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>어텐션</translation>
    </message>
    <message>
        <source>cross-attention</source>
        <translation>교차 어텐션</translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation>피드포워드</translation>
    </message>
    <message>
        <source>query</source>
        <translation>쿼리</translation>
    </message>
    <message>
        <source>key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>up</source>
        <translation>확장</translation>
    </message>
    <message>
        <source>down</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>정규화</translation>
    </message>
    <message>
        <source>encoder</source>
        <translation>인코더</translation>
    </message>
    <message>
        <source>decoder</source>
        <translation>디코더</translation>
    </message>
    <message>
        <source>%1, %2.</source>
        <translation>%1, %2.</translation>
    </message>
    <message>
        <source>by</source>
        <translation>곱하기</translation>
    </message>
    <message>
        <source>It uses the weights of %1 and takes no bytes of its own.</source>
        <translation>%1의 가중치를 함께 쓰며 자체 바이트가 없습니다.</translation>
    </message>
    <message>
        <source>It took %1; what it takes is known after measuring.</source>
        <translation>원래 크기는 %1이며, 현재 크기는 측정하면 알 수 있습니다.</translation>
    </message>
    <message>
        <source>It takes %1, as in the original.</source>
        <translation>크기는 %1, 원본과 같습니다.</translation>
    </message>
    <message>
        <source>It takes %1 of %2.</source>
        <translation>현재 크기 %1, 원래 크기 %2.</translation>
    </message>
    <message>
        <source>Applied: %1.</source>
        <translation>적용한 기법: %1.</translation>
    </message>
    <message>
        <source>Its %1 is %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>was %1; size known after measuring</source>
        <translation>원래 %1, 크기는 측정하면 알 수 있음</translation>
    </message>
    <message>
        <source>%1, was %2 (%3 % left)</source>
        <translation>%1, 원래 %2(%3 % 남음)</translation>
    </message>
    <message>
        <source>uses the weights of %1</source>
        <translation>%1의 가중치를 함께 씀</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>토큰</translation>
    </message>
    <message>
        <source>head</source>
        <translation>헤드</translation>
    </message>
    <message>
        <source>width: bytes</source>
        <translation>너비: 바이트</translation>
    </message>
    <message>
        <source>width: square root of bytes</source>
        <translation>너비: 바이트의 제곱근</translation>
    </message>
    <message>
        <source>width: equal</source>
        <translation>너비: 동일</translation>
    </message>
    <message>
        <source>untouched</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>cut away</source>
        <translation>덜어 낸 부분</translation>
    </message>
    <message>
        <source>size known after measuring</source>
        <translation>크기는 측정하면 알 수 있음</translation>
    </message>
    <message>
        <source>shared: no bytes of its own</source>
        <translation>공유: 자체 바이트 없음</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>the end of a scale, and what it measures</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>e&#x202f;%1</source>
        <comment>few letters for the kept share of a matrix&apos;s energy</comment>
        <translation>e&#x202f;%1</translation>
    </message>
    <message>
        <source>r&#x202f;%1</source>
        <comment>few letters for the kept share of a rank</comment>
        <translation>r&#x202f;%1</translation>
    </message>
    <message>
        <source>token embedding</source>
        <translation>토큰 임베딩</translation>
    </message>
    <message>
        <source>position embedding</source>
        <translation>위치 임베딩</translation>
    </message>
    <message>
        <source>type embedding</source>
        <translation>유형 임베딩</translation>
    </message>
    <message>
        <source>attention in the embedding</source>
        <translation>임베딩 안의 어텐션</translation>
    </message>
    <message>
        <source>projection of the embedding</source>
        <translation>임베딩 투영</translation>
    </message>
    <message>
        <source>pooler</source>
        <translation>풀러</translation>
    </message>
    <message>
        <source>classifier</source>
        <translation>분류기</translation>
    </message>
    <message>
        <source>size not known</source>
        <translation>크기 모름</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>공유</translation>
    </message>
    <message>
        <source>Blocks %1 to %2: same shape and settings. A click on the triangle, or F, shows them one by one.</source>
        <translation>블록 %1~%2: 모양과 설정이 같습니다. 삼각형을 누르거나 F 키로 하나씩 펼칩니다.</translation>
    </message>
    <message>
        <source>A row of numbers for each token of the vocabulary: here text becomes numbers.</source>
        <translation>어휘의 토큰마다 숫자 한 줄. 텍스트가 여기서 숫자가 됩니다.</translation>
    </message>
    <message>
        <source>A row of numbers for each place in the text, added to the tokens&apos;.</source>
        <translation>텍스트의 자리마다 숫자 한 줄. 토큰의 숫자에 더해집니다.</translation>
    </message>
    <message>
        <source>A row of numbers for either text of a pair, added to the tokens&apos;.</source>
        <translation>두 텍스트 가운데 어느 쪽인지 나타내는 숫자 한 줄. 토큰의 숫자에 더해집니다.</translation>
    </message>
    <message>
        <source>What each token looks for in the others.</source>
        <translation>각 토큰이 다른 토큰에서 찾는 것입니다.</translation>
    </message>
    <message>
        <source>What each token is found by.</source>
        <translation>각 토큰이 찾아지는 단서입니다.</translation>
    </message>
    <message>
        <source>What a token hands on to those that found it.</source>
        <translation>토큰이 자신을 찾은 토큰에 넘겨주는 것입니다.</translation>
    </message>
    <message>
        <source>Mixes what the heads of attention found.</source>
        <translation>어텐션 헤드들이 찾은 것을 섞습니다.</translation>
    </message>
    <message>
        <source>The first half of the feed-forward part: makes many numbers of those of a token.</source>
        <translation>피드포워드의 앞 절반. 토큰의 숫자를 여러 배로 늘립니다.</translation>
    </message>
    <message>
        <source>The second half of the feed-forward part: makes as few of them again as there were.</source>
        <translation>피드포워드의 뒤 절반. 늘어난 숫자를 원래 개수로 줄입니다.</translation>
    </message>
    <message>
        <source>Brings the numbers of a token to one scale; it has next to no bytes.</source>
        <translation>토큰의 숫자를 같은 크기로 맞춥니다. 바이트는 거의 차지하지 않습니다.</translation>
    </message>
    <message>
        <source>Makes one row of numbers of the whole text.</source>
        <translation>텍스트 전체를 숫자 한 줄로 만듭니다.</translation>
    </message>
    <message>
        <source>Gives each label its score.</source>
        <translation>레이블마다 점수를 매깁니다.</translation>
    </message>
    <message>
        <source>width: log bytes</source>
        <translation>너비: 바이트의 로그</translation>
    </message>
</context>
<context>
    <name>pare::LayerMapPanel</name>
    <message>
        <source>%1 G parameters</source>
        <translation>파라미터 %1 G개</translation>
    </message>
    <message>
        <source>%1 M parameters</source>
        <translation>파라미터 %1 M개</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>파라미터 %1개</translation>
    </message>
    <message>
        <source>Layer map</source>
        <translation>레이어 맵</translation>
    </message>
    <message>
        <source>What colour shows</source>
        <translation>색이 나타내는 값</translation>
    </message>
    <message>
        <source>Colour: bytes</source>
        <translation>색: 바이트</translation>
    </message>
    <message>
        <source>Colour: technique</source>
        <translation>색: 기법</translation>
    </message>
    <message>
        <source>What width shows</source>
        <translation>너비가 나타내는 값</translation>
    </message>
    <message>
        <source>Width: √ bytes</source>
        <translation>너비: √바이트</translation>
    </message>
    <message>
        <source>Width: bytes</source>
        <translation>너비: 바이트</translation>
    </message>
    <message>
        <source>Width: equal</source>
        <translation>너비: 동일</translation>
    </message>
    <message>
        <source>Layers as a table</source>
        <translation>레이어 표</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>The same layers as rows (Ctrl+T)</source>
        <translation>같은 레이어를 행으로 표시(Ctrl+T)</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Find layers</source>
        <translation>레이어 찾기</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>행 복사</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>알 수 없는 조건</translation>
    </message>
    <message>
        <source>Colour: %1</source>
        <translation>색: %1</translation>
    </message>
    <message>
        <source>A right click chooses further columns</source>
        <translation>오른쪽 버튼을 누르면 열을 더 고를 수 있습니다</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>아직 모름</translation>
    </message>
    <message>
        <source>hit %1 of %2</source>
        <translation>%2개 중 %1번째</translation>
    </message>
    <message>
        <source>%1, %2 selected</source>
        <translation>%1, %2개 선택됨</translation>
    </message>
    <message>
        <source>Width: log bytes</source>
        <translation>너비: 바이트의 로그</translation>
    </message>
    <message>
        <source>Part of a name, a pattern (*.ffn.*), a role (role=query), a block (block=2-5), a shape (512x128), or a condition, several joined by and: bytes &gt; 100 kB, left &lt; 50 %, error &gt; 5, output, lost, bits, zeros &gt; 50 %, rank &lt; 64, norm &lt; 0.02, kurtosis &gt; 10, time, value</source>
        <translation>이름의 일부, 패턴(*.ffn.*), 역할(role=query), 블록(block=2-5), 모양(512x128) 또는 조건을 쓰며, 여럿은 and로 잇습니다. bytes &gt; 100 kB, left &lt; 50 %, error &gt; 5, output, lost, bits, zeros &gt; 50 %, rank &lt; 64, norm &lt; 0.02, kurtosis &gt; 10, time, value</translation>
    </message>
</context>
<context>
    <name>pare::LayerSteps</name>
    <message>
        <source>On the selected layers: %1</source>
        <translation>선택한 레이어에서: %1</translation>
    </message>
    <message>
        <source>Acts on the selected layers, or leaves them alone</source>
        <translation>선택한 레이어에 작용하거나 그대로 둡니다</translation>
    </message>
    <message>
        <source>Strength on the selected layers: %1</source>
        <translation>선택한 레이어에서의 세기: %1</translation>
    </message>
    <message>
        <source>How strong it is on the selected layers, from its gentlest to its hardest; other layers keep theirs</source>
        <translation>선택한 레이어에 얼마나 세게 작용하는지 가장 약한 것부터 가장 강한 것까지 정합니다. 다른 레이어는 그대로입니다</translation>
    </message>
    <message>
        <source>Without a slider: a rank, a pattern or a count says how strong it is, or it is the same for its layers together.</source>
        <translation>슬라이더가 없습니다. 세기를 랭크, 패턴, 개수로 정했거나 레이어에 함께 적용됩니다.</translation>
    </message>
</context>
<context>
    <name>pare::LayerTableModel</name>
    <message>
        <source>Layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>모양</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>적용 전</translation>
    </message>
    <message>
        <source>After</source>
        <translation>적용 후</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>남은 비율</translation>
    </message>
    <message>
        <source>Technique</source>
        <translation>기법</translation>
    </message>
</context>
<context>
    <name>pare::LayersLine</name>
    <message>
        <source>1 layer</source>
        <translation>레이어 1개</translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation>레이어 %1개</translation>
    </message>
</context>
<context>
    <name>pare::LossCurve</name>
    <message>
        <source>How the training goes</source>
        <translation>학습의 진행</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>loss on the development data</source>
        <translation>개발 데이터의 손실</translation>
    </message>
    <message>
        <source>right on the development data, %</source>
        <translation>개발 데이터 정답률, %</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>loss, nats</source>
        <translation>손실, nat</translation>
    </message>
    <message>
        <source>Nothing has been trained yet.</source>
        <translation>아직 학습한 것이 없습니다.</translation>
    </message>
    <message>
        <source>After %1 steps the loss is %2.</source>
        <translation>%1스텝 후의 손실은 %2입니다.</translation>
    </message>
    <message>
        <source>%1 % of the development data are answered right.</source>
        <translation>개발 데이터 정답률은 %1 %입니다.</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>기울기 노름</translation>
    </message>
    <message>
        <source>Learning rate %1, gradient norm %2.</source>
        <translation>학습률 %1, 기울기 노름 %2.</translation>
    </message>
</context>
<context>
    <name>pare::MainWindow</name>
    <message>
        <source>Open a model: the folder with config.json</source>
        <translation>모델 열기: config.json이 있는 폴더</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>모델 열기</translation>
    </message>
    <message>
        <source>Models (config.json *.safetensors *.gguf *.pt);;All files (*)</source>
        <translation>모델 (config.json *.safetensors *.gguf *.pt);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>%1: there is no such project</source>
        <translation>%1: 이런 프로젝트가 없습니다</translation>
    </message>
    <message>
        <source>Create it</source>
        <translation>새로 만들기</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>프로젝트 열기</translation>
    </message>
    <message>
        <source>Pare projects (*.pare)</source>
        <translation>Pare 프로젝트 (*.pare)</translation>
    </message>
    <message>
        <source>Open labelled examples</source>
        <translation>레이블이 있는 예시 열기</translation>
    </message>
    <message>
        <source>Open labelled examples to calibrate on</source>
        <translation>보정에 쓸, 레이블이 있는 예시 열기</translation>
    </message>
    <message>
        <source>Tables (*.tsv *.csv *.jsonl *.ndjson *.json);;All files (*)</source>
        <translation>표 (*.tsv *.csv *.jsonl *.ndjson *.json);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>Add the steps of a recipe file</source>
        <translation>레시피 파일의 단계 추가</translation>
    </message>
    <message>
        <source>Recipes (*.json)</source>
        <translation>레시피 (*.json)</translation>
    </message>
    <message>
        <source>Save a copy of the project</source>
        <translation>프로젝트 사본 저장</translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation>레시피 저장</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>Open a &amp;model…</source>
        <translation>모델 열기(&amp;M)…</translation>
    </message>
    <message>
        <source>Open a model f&amp;older…</source>
        <translation>모델 폴더 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a &amp;project…</source>
        <translation>프로젝트 열기(&amp;P)…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>&amp;Recent projects</source>
        <translation>최근 프로젝트(&amp;R)</translation>
    </message>
    <message>
        <source>Start the &amp;demo</source>
        <translation>데모 시작(&amp;D)</translation>
    </message>
    <message>
        <source>Open a data &amp;file…</source>
        <translation>데이터 파일 열기(&amp;F)…</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>Open cali&amp;bration data…</source>
        <translation>보정 데이터 열기(&amp;B)…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+L</source>
        <translation>Ctrl+Shift+L</translation>
    </message>
    <message>
        <source>&amp;Save a copy as…</source>
        <translation>다른 이름으로 사본 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+E</source>
        <translation>Ctrl+Shift+E</translation>
    </message>
    <message>
        <source>&amp;Close the project</source>
        <translation>프로젝트 닫기(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Ctrl+Z</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Z</source>
        <translation>Ctrl+Shift+Z</translation>
    </message>
    <message>
        <source>&amp;Copy as command</source>
        <translation>명령으로 복사(&amp;C)</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C</source>
        <translation>Ctrl+Shift+C</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>색(&amp;C)</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>바이트</translation>
    </message>
    <message>
        <source>Technique</source>
        <translation>기법</translation>
    </message>
    <message>
        <source>&amp;Widths</source>
        <translation>너비(&amp;W)</translation>
    </message>
    <message>
        <source>Square root of bytes</source>
        <translation>바이트의 제곱근</translation>
    </message>
    <message>
        <source>All equal</source>
        <translation>모두 동일</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>확대(&amp;I)</translation>
    </message>
    <message>
        <source>Ctrl++</source>
        <translation>Ctrl++</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>축소(&amp;O)</translation>
    </message>
    <message>
        <source>Ctrl+-</source>
        <translation>Ctrl+-</translation>
    </message>
    <message>
        <source>&amp;Fit map and chart</source>
        <translation>맵과 차트 맞추기(&amp;F)</translation>
    </message>
    <message>
        <source>Ctrl+0</source>
        <translation>Ctrl+0</translation>
    </message>
    <message>
        <source>&amp;Light or dark</source>
        <translation>밝게 또는 어둡게(&amp;L)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정에 따름</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>&amp;Recipe</source>
        <translation>레시피(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Add a technique…</source>
        <translation>기법 추가(&amp;A)…</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Ctrl+T</translation>
    </message>
    <message>
        <source>&amp;Open a recipe file…</source>
        <translation>레시피 파일 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save as a recipe file…</source>
        <translation>레시피 파일로 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>R&amp;un</source>
        <translation>실행(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>측정(&amp;M)</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Previous run</source>
        <translation>이전 실행(&amp;P)</translation>
    </message>
    <message>
        <source>[</source>
        <translation>[</translation>
    </message>
    <message>
        <source>&amp;Next run</source>
        <translation>다음 실행(&amp;N)</translation>
    </message>
    <message>
        <source>]</source>
        <translation>]</translation>
    </message>
    <message>
        <source>Use the &amp;recipe of the shown run</source>
        <translation>표시된 실행의 레시피 쓰기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>창(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;About Pare</source>
        <translation>Pare 정보(&amp;A)</translation>
    </message>
    <message>
        <source>1 layer</source>
        <translation>레이어 1개</translation>
    </message>
    <message>
        <source>%1 layers</source>
        <translation>레이어 %1개</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>size known after measuring</source>
        <translation>크기는 측정하면 알 수 있음</translation>
    </message>
    <message>
        <source>trains every layer</source>
        <translation>모든 레이어를 학습</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>측정 데이터</translation>
    </message>
    <message>
        <source>Labelled examples whose answers are counted: a TSV, CSV or JSON lines file.</source>
        <translation>응답을 채점할, 레이블이 있는 예시: TSV, CSV 또는 JSON Lines 파일.</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>학습 데이터</translation>
    </message>
    <message>
        <source>Calibrated on</source>
        <translation>보정 데이터</translation>
    </message>
    <message>
        <source>Labelled examples that some techniques look at and that training learns, best of those the model was trained on; never those it is measured on.</source>
        <translation>일부 기법이 살펴보고 학습에도 쓰는, 레이블이 있는 예시. 모델의 학습 데이터가 가장 좋으며, 측정 데이터는 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Is learnt in training: add &quot;Recover by training&quot;.</source>
        <translation>학습 과정에서 배우는 기법입니다. &quot;학습으로 회복&quot;을 추가하세요.</translation>
    </message>
    <message>
        <source>Needs calibration data before it can be measured: choose them below.</source>
        <translation>측정하려면 보정 데이터가 필요합니다. 아래에서 선택하세요.</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>시드 %1</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>%1분 남음</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>%1초 남음</translation>
    </message>
    <message>
        <source>Cancelled; what was finished before is kept.</source>
        <translation>취소했습니다. 그 전에 끝난 것은 보존됩니다.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1건 대기 중</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>읽기 전용</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>1 thread</source>
        <translation>스레드 1개</translation>
    </message>
    <message>
        <source>%1 threads</source>
        <translation>스레드 %1개</translation>
    </message>
    <message>
        <source>Open another model…</source>
        <translation>다른 모델 열기…</translation>
    </message>
    <message>
        <source>Opening %1 …</source>
        <translation>여는 중: %1…</translation>
    </message>
    <message>
        <source>This project is open in another window or program. It is shown as it was when it was opened, and cannot be changed here.</source>
        <translation>이 프로젝트는 다른 창이나 프로그램에서 열려 있습니다. 연 시점의 내용을 표시하며, 여기에서는 바꿀 수 없습니다.</translation>
    </message>
    <message>
        <source>This project has no model yet.</source>
        <translation>이 프로젝트에는 아직 모델이 없습니다.</translation>
    </message>
    <message>
        <source>Open a model…</source>
        <translation>모델 열기…</translation>
    </message>
    <message>
        <source>Sizes are counted already. To measure accuracy, choose labelled examples: a TSV, CSV or JSON lines file.</source>
        <translation>크기는 이미 계산되어 있습니다. 정확도를 측정하려면 레이블이 있는 예시(TSV, CSV 또는 JSON Lines 파일)를 선택하세요.</translation>
    </message>
    <message>
        <source>Open a data file…</source>
        <translation>데이터 파일 열기…</translation>
    </message>
    <message>
        <source>Open another data file…</source>
        <translation>다른 데이터 파일 열기…</translation>
    </message>
    <message>
        <source>&quot;%1&quot; looks at what its layers are given. To measure it, choose calibration data: labelled examples, best of those the model was trained on.</source>
        <translation>&quot;%1&quot;: 레이어의 입력을 살펴보는 기법입니다. 측정하려면 보정 데이터를 선택하세요. 레이블이 있는 예시이며, 모델의 학습 데이터가 가장 좋습니다.</translation>
    </message>
    <message>
        <source>Open calibration data…</source>
        <translation>보정 데이터 열기…</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>언어(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Help on what has the keyboard</source>
        <translation>현재 항목 도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Contents</source>
        <translation>도움말 차례(&amp;C)</translation>
    </message>
    <message>
        <source>Add: %1</source>
        <translation>추가: %1</translation>
    </message>
    <message>
        <source>Layer: %1</source>
        <translation>레이어: %1</translation>
    </message>
    <message>
        <source>&amp;Find layers</source>
        <translation>레이어 찾기(&amp;F)</translation>
    </message>
    <message>
        <source>Command &amp;palette…</source>
        <translation>명령 팔레트(&amp;P)…</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Ctrl+K</translation>
    </message>
    <message>
        <source>Layers as a &amp;table</source>
        <translation>레이어 표(&amp;T)</translation>
    </message>
    <message>
        <source>Recipe as &amp;text</source>
        <translation>레시피 텍스트(&amp;T)</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Ctrl+E</translation>
    </message>
    <message>
        <source>&amp;Sensitivity of the layers</source>
        <translation>레이어 민감도(&amp;S)</translation>
    </message>
    <message>
        <source>Ctrl+Shift+R</source>
        <translation>Ctrl+Shift+R</translation>
    </message>
    <message>
        <source>Recipe for a &amp;budget…</source>
        <translation>예산에 맞는 레시피(&amp;B)…</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>&amp;Teach a student…</source>
        <translation>학생 모델 가르치기(&amp;T)…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+T</source>
        <translation>Ctrl+Shift+T</translation>
    </message>
    <message>
        <source>&amp;Presets</source>
        <translation>프리셋(&amp;P)</translation>
    </message>
    <message>
        <source>The student: its config.json</source>
        <translation>학생 모델: config.json</translation>
    </message>
    <message>
        <source>Configurations and models (*.json *.safetensors)</source>
        <translation>구성 파일과 모델 (*.json *.safetensors)</translation>
    </message>
    <message>
        <source>Write the student to this folder</source>
        <translation>학생 모델을 이 폴더에 쓰기</translation>
    </message>
    <message>
        <source>Write a report</source>
        <translation>보고서 쓰기</translation>
    </message>
    <message>
        <source>Reports (*.html *.pdf *.md);;Figures of all runs (*.csv)</source>
        <translation>보고서 (*.html *.pdf *.md);;모든 실행의 수치 (*.csv)</translation>
    </message>
    <message>
        <source>the model as it is</source>
        <translation>원래 모델 그대로</translation>
    </message>
    <message>
        <source>&amp;Export the model…</source>
        <translation>모델 내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>Write a re&amp;port…</source>
        <translation>보고서 쓰기(&amp;P)…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+A</source>
        <translation>Ctrl+Shift+A</translation>
    </message>
    <message>
        <source>weight error</source>
        <translation>가중치 오차</translation>
    </message>
    <message>
        <source>output error</source>
        <translation>출력 오차</translation>
    </message>
    <message>
        <source>accuracy lost alone</source>
        <translation>단독으로 잃는 정확도</translation>
    </message>
    <message>
        <source>bits per weight</source>
        <translation>가중치당 비트</translation>
    </message>
    <message>
        <source>points lost alone at %1</source>
        <translation>%1일 때 단독으로 잃는 점수</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>%1: done.</source>
        <translation>%1: 완료했습니다.</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 대 %2</translation>
    </message>
    <message>
        <source>time added to an answer</source>
        <translation>응답 한 번에 더해지는 시간</translation>
    </message>
    <message>
        <source>faster</source>
        <translation>빨라짐</translation>
    </message>
    <message>
        <source>slower</source>
        <translation>느려짐</translation>
    </message>
    <message>
        <source>difference of bytes</source>
        <translation>바이트 차이</translation>
    </message>
    <message>
        <source>smaller in B</source>
        <translation>B에서 작음</translation>
    </message>
    <message>
        <source>larger in B</source>
        <translation>B에서 큼</translation>
    </message>
    <message>
        <source>difference of weight error</source>
        <translation>가중치 오차 차이</translation>
    </message>
    <message>
        <source>less in B</source>
        <translation>B에서 적음</translation>
    </message>
    <message>
        <source>more in B</source>
        <translation>B에서 많음</translation>
    </message>
    <message>
        <source>share of zeros, original</source>
        <translation>0의 비율(원본)</translation>
    </message>
    <message>
        <source>rank for 90 % of the energy, original</source>
        <translation>에너지 90 %를 지키는 랭크(원본)</translation>
    </message>
    <message>
        <source>root mean square of the weights, original</source>
        <translation>가중치의 제곱평균제곱근(원본)</translation>
    </message>
    <message>
        <source>kurtosis, original</source>
        <translation>첨도(원본)</translation>
    </message>
    <message>
        <source>share of zeros</source>
        <translation>0의 비율</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>랭크</translation>
    </message>
    <message>
        <source>norm (RMS)</source>
        <translation>노름(RMS)</translation>
    </message>
    <message>
        <source>kurtosis</source>
        <translation>첨도</translation>
    </message>
    <message>
        <source>time added</source>
        <translation>더해지는 시간</translation>
    </message>
    <message>
        <source>Where is %1 now?</source>
        <translation>%1 파일의 현재 위치</translation>
    </message>
    <message>
        <source>La&amp;youts</source>
        <translation>배치(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Explore: recipe, map, inspector</source>
        <translation>탐색: 레시피, 맵, 검사기(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Compare: runs side by side</source>
        <translation>비교: 실행을 나란히(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Train: training and jobs</source>
        <translation>학습: 학습과 작업(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>다른 이름으로 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>삭제(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>초기화(&amp;R)</translation>
    </message>
    <message>
        <source>Save the layout</source>
        <translation>배치 저장</translation>
    </message>
    <message>
        <source>Name; one of the same name is replaced</source>
        <translation>이름(같은 이름의 배치는 바뀝니다)</translation>
    </message>
    <message>
        <source>Save the c&amp;hart…</source>
        <translation>차트 저장(&amp;H)…</translation>
    </message>
    <message>
        <source>Save the &amp;layer map…</source>
        <translation>레이어 맵 저장(&amp;L)…</translation>
    </message>
    <message>
        <source>Pau&amp;se or continue</source>
        <translation>일시 정지 또는 계속(&amp;S)</translation>
    </message>
    <message>
        <source>Ctrl+Alt+P</source>
        <translation>Ctrl+Alt+P</translation>
    </message>
    <message>
        <source>&amp;Jobs</source>
        <translation>작업(&amp;J)</translation>
    </message>
    <message>
        <source>Ctrl+J</source>
        <translation>Ctrl+J</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Open data to learn from</source>
        <translation>학습에 쓸 데이터 열기</translation>
    </message>
    <message>
        <source>Tables and texts (*.tsv *.csv *.jsonl *.ndjson *.json *.txt);;All files (*)</source>
        <translation>표와 텍스트 (*.tsv *.csv *.jsonl *.ndjson *.json *.txt);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>&amp;Go to</source>
        <translation>이동(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Next panel</source>
        <translation>다음 패널(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous panel</source>
        <translation>이전 패널(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>키보드 단축키(&amp;K)…</translation>
    </message>
    <message>
        <source>Open the &amp;log folder</source>
        <translation>로그 폴더 열기(&amp;L)</translation>
    </message>
    <message>
        <source>Layer map</source>
        <translation>레이어 맵</translation>
    </message>
    <message>
        <source>Opens this project</source>
        <translation>이 프로젝트를 엽니다</translation>
    </message>
    <message>
        <source>Takes the runs that this report carries</source>
        <translation>이 보고서에 든 실행을 가져옵니다</translation>
    </message>
    <message>
        <source>Adds the steps of this recipe</source>
        <translation>이 레시피의 단계를 더합니다</translation>
    </message>
    <message>
        <source>Measures on these examples</source>
        <translation>이 예시로 측정합니다</translation>
    </message>
    <message>
        <source>Opens this model</source>
        <translation>이 모델을 엽니다</translation>
    </message>
    <message>
        <source>Ctrl+Shift+S</source>
        <translation>Ctrl+Shift+S</translation>
    </message>
    <message>
        <source>%1 (read-only)</source>
        <translation>%1 (읽기 전용)</translation>
    </message>
    <message>
        <source>S&amp;weep a setting…</source>
        <translation>설정 훑기(&amp;W)…</translation>
    </message>
    <message>
        <source>Sensitivity of the se&amp;lected layers</source>
        <translation>선택한 레이어의 민감도(&amp;L)</translation>
    </message>
    <message>
        <source>Measure &amp;on another data set…</source>
        <translation>다른 데이터로 측정(&amp;O)…</translation>
    </message>
    <message>
        <source>Measure this recipe on other labelled examples</source>
        <translation>이 레시피를 레이블이 있는 다른 예시로 측정</translation>
    </message>
    <message>
        <source>&amp;Notices when long tasks end</source>
        <translation>긴 작업이 끝나면 알림(&amp;N)</translation>
    </message>
    <message>
        <source>Of work of 30 seconds or more, while the window is not in front</source>
        <translation>창이 앞에 있지 않은 동안 30초 넘게 걸린 작업만 알립니다</translation>
    </message>
    <message>
        <source>&amp;What is this?</source>
        <translation>이것은 무엇입니까(&amp;W)</translation>
    </message>
    <message>
        <source>%1 (now: %2)</source>
        <translation>%1 (지금: %2)</translation>
    </message>
    <message>
        <source>on</source>
        <translation>켜짐</translation>
    </message>
    <message>
        <source>off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>차트</translation>
    </message>
    <message>
        <source>as many as there are cores</source>
        <translation>코어 수만큼</translation>
    </message>
    <message>
        <source>Threads that compute</source>
        <translation>계산에 쓰는 스레드</translation>
    </message>
    <message>
        <source>Measured on %1. The chart and the runs here are of other data, and do not show it.</source>
        <translation>측정한 데이터: %1. 이곳의 차트와 실행 목록은 다른 데이터의 것이어서 이 실행을 보여 주지 않습니다.</translation>
    </message>
    <message>
        <source>Change to these data</source>
        <translation>이 데이터로 바꾸기</translation>
    </message>
    <message>
        <source>Nothing was opened: of projects, reports, models and data files a window takes one at a time</source>
        <translation>열지 않았습니다. 프로젝트, 보고서, 모델, 데이터 파일은 한 창에 종류별로 하나씩만 열 수 있습니다</translation>
    </message>
    <message>
        <source>The chart</source>
        <translation>차트</translation>
    </message>
    <message>
        <source>The layer map</source>
        <translation>레이어 맵</translation>
    </message>
    <message>
        <source>The training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>The layer&apos;s histogram</source>
        <translation>레이어의 히스토그램</translation>
    </message>
    <message>
        <source>The layer&apos;s singular values</source>
        <translation>레이어의 특잇값</translation>
    </message>
    <message>
        <source>The layer&apos;s matrix</source>
        <translation>레이어의 행렬</translation>
    </message>
    <message>
        <source>Copy the &amp;picture</source>
        <translation>그림 복사(&amp;P)</translation>
    </message>
    <message>
        <source>Copy the &amp;figures</source>
        <translation>수치 복사(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Save the picture…</source>
        <translation>그림 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>Save the curves of the &amp;training…</source>
        <translation>학습 곡선 저장(&amp;T)…</translation>
    </message>
    <message>
        <source>Save what the &amp;inspector draws…</source>
        <translation>검사기의 그림 저장(&amp;I)…</translation>
    </message>
    <message>
        <source>The second chart</source>
        <translation>두 번째 차트</translation>
    </message>
    <message>
        <source>Find the &amp;next</source>
        <translation>다음 찾기(&amp;N)</translation>
    </message>
    <message>
        <source>Find the pre&amp;vious</source>
        <translation>이전 찾기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>고대비(&amp;H)</translation>
    </message>
    <message>
        <source>Black on white or white on black, with strong lines</source>
        <translation>흰 바탕에 검정 또는 검은 바탕에 흰색, 뚜렷한 선</translation>
    </message>
    <message>
        <source>settings options preferences configuration</source>
        <translation>설정 옵션 환경설정 기본설정</translation>
    </message>
    <message>
        <source>Fold &amp;blocks that are alike</source>
        <translation>같은 블록 접기(&amp;B)</translation>
    </message>
    <message>
        <source>Three or more in a row stand as one; on the map, F</source>
        <translation>셋 이상 이어지면 하나로 접힙니다. 맵에서는 F 키</translation>
    </message>
    <message>
        <source>Pare ended unexpectedly the last time. What was chosen and measured is kept; the log says what went before.</source>
        <translation>지난번에 Pare가 예기치 않게 종료되었습니다. 선택하고 측정한 것은 남아 있으며, 로그에 그 전까지의 일이 기록되어 있습니다.</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>로그 폴더 열기</translation>
    </message>
    <message>
        <source>Open the last &amp;project at start</source>
        <translation>시작할 때 마지막 프로젝트 열기(&amp;P)</translation>
    </message>
    <message>
        <source>Ne&amp;xt model</source>
        <translation>다음 모델(&amp;X)</translation>
    </message>
    <message>
        <source>Ctrl+PgDown</source>
        <translation>Ctrl+PgDown</translation>
    </message>
    <message>
        <source>Pre&amp;vious model</source>
        <translation>이전 모델(&amp;V)</translation>
    </message>
    <message>
        <source>Ctrl+PgUp</source>
        <translation>Ctrl+PgUp</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>모델: %1</translation>
    </message>
    <message>
        <source>Logarithm of bytes</source>
        <translation>바이트의 로그</translation>
    </message>
    <message>
        <source>Asks each layer what it would lose alone</source>
        <translation>레이어마다 혼자서 무엇을 잃는지 알아봅니다</translation>
    </message>
    <message>
        <source>%1 Sizes are counted, but nothing can be measured.</source>
        <translation>%1 크기는 셀 수 있지만 측정은 할 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 examples, 95 % intervals</source>
        <translation>예시 %1개, 95 % 구간</translation>
    </message>
</context>
<context>
    <name>pare::MatrixPage</name>
    <message>
        <source>Before</source>
        <translation>적용 전</translation>
    </message>
    <message>
        <source>After</source>
        <translation>적용 후</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>Sizes of the weights</source>
        <translation>가중치의 크기</translation>
    </message>
    <message>
        <source>Weights with their signs</source>
        <translation>부호를 포함한 가중치</translation>
    </message>
    <message>
        <source>mean |change|</source>
        <translation>|변화|의 평균</translation>
    </message>
    <message>
        <source>mean change</source>
        <translation>변화의 평균</translation>
    </message>
    <message>
        <source>mean |w|</source>
        <translation>|w|의 평균</translation>
    </message>
    <message>
        <source>mean w</source>
        <translation>w의 평균</translation>
    </message>
    <message>
        <source>|change|</source>
        <translation>|변화|</translation>
    </message>
    <message>
        <source>change</source>
        <translation>변화</translation>
    </message>
    <message>
        <source>The wheel, + and − zoom, 0 shows all.</source>
        <translation>휠과 +, −로 확대·축소, 0은 전체 보기</translation>
    </message>
    <message>
        <source>The matrix: %1</source>
        <translation>행렬: %1</translation>
    </message>
</context>
<context>
    <name>pare::MatrixView</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1~%2</translation>
    </message>
    <message>
        <source>Picture of the matrix</source>
        <translation>행렬 그림</translation>
    </message>
    <message>
        <source>%1 of %2 rows and %3 columns, up to %4.</source>
        <translation>%1: 행 %2개, 열 %3개, 최대 %4.</translation>
    </message>
    <message>
        <source>row %1, column %2</source>
        <translation>%1행 %2열</translation>
    </message>
    <message>
        <source>, head %1</source>
        <translation>, 헤드 %1</translation>
    </message>
    <message>
        <source>The selected matrix shows here.</source>
        <translation>선택한 행렬이 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>%1: %2 (mean)</source>
        <translation>%1: %2(평균)</translation>
    </message>
</context>
<context>
    <name>pare::Meter</name>
    <message>
        <source>as it was</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>Size of the exported file</source>
        <translation>내보낸 파일의 크기</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>측정 안 됨</translation>
    </message>
    <message>
        <source>the recipe cannot be run</source>
        <translation>실행할 수 없는 레시피</translation>
    </message>
    <message>
        <source>known after measuring</source>
        <translation>측정하면 알 수 있음</translation>
    </message>
    <message>
        <source>How much some layers keep depends on weights or data, and shows when the recipe is carried out. It was %1.</source>
        <translation>일부 레이어에 무엇이 남는지는 가중치나 데이터에 따라 달라지며, 레시피를 실행해야 알 수 있습니다. 원래 크기는 %1입니다.</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>정확</translation>
    </message>
    <message>
        <source>%1 % of %2</source>
        <translation>%2 대비 %1 %</translation>
    </message>
    <message>
        <source>%1 bytes: what model.safetensors would hold, counted without writing it.</source>
        <translation>%1바이트: model.safetensors에 담길 크기이며, 파일을 쓰지 않고 계산했습니다.</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>원래 %1</translation>
    </message>
    <message>
        <source>the original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>needs a data file</source>
        <translation>데이터 파일 필요</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>One answer</source>
        <translation>응답 한 건</translation>
    </message>
    <message>
        <source>One answer, 1 thread</source>
        <translation>응답 한 건, 스레드 1개</translation>
    </message>
    <message>
        <source>One answer, %1 threads</source>
        <translation>응답 한 건, 스레드 %1개</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>The project is read-only</source>
        <translation>읽기 전용 프로젝트입니다</translation>
    </message>
    <message>
        <source>Needs a model with weights</source>
        <translation>가중치가 있는 모델이 필요합니다</translation>
    </message>
    <message>
        <source>Needs a data file</source>
        <translation>데이터 파일이 필요합니다</translation>
    </message>
    <message>
        <source>Needs calibration data</source>
        <translation>보정 데이터가 필요합니다</translation>
    </message>
    <message>
        <source>Measured already; the figures are those of this recipe</source>
        <translation>이미 측정했습니다. 이 레시피의 수치입니다</translation>
    </message>
    <message>
        <source>Measured before, and deleted: brings the run back (Ctrl+R)</source>
        <translation>측정한 뒤 삭제했습니다. 실행을 되살립니다(Ctrl+R)</translation>
    </message>
    <message>
        <source>Compress the model as the recipe says and measure it (Ctrl+R)</source>
        <translation>레시피대로 모델을 압축하고 측정합니다(Ctrl+R)</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>실행 취소(Ctrl+Z)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>다시 실행(Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>The band comes from %1 runs of this project.</source>
        <translation>띠는 이 프로젝트의 실행 %1건에서 구했습니다.</translation>
    </message>
    <message>
        <source>The band is a guess: no run of this project tells yet how far predictions are off.</source>
        <translation>띠는 추측입니다. 예측이 얼마나 빗나가는지 알려 주는 실행이 이 프로젝트에 아직 없습니다.</translation>
    </message>
    <message>
        <source>Added up from the times of the kernels that each layer would run with.</source>
        <translation>레이어마다 실행될 커널의 시간을 더했습니다.</translation>
    </message>
    <message>
        <source>More to measure</source>
        <translation>다른 측정</translation>
    </message>
    <message>
        <source>Several values of a setting, the selected layers, or other data</source>
        <translation>설정의 여러 값, 선택한 레이어 또는 다른 데이터</translation>
    </message>
    <message>
        <source>% (%1)</source>
        <translation>% (%1)</translation>
    </message>
    <message>
        <source>was %1 %</source>
        <translation>원래 %1 %</translation>
    </message>
    <message>
        <source>Median of one text at a time, warm; between %1 and %2 ms for 90 of 100; the original: %5 ms. %3 texts a second in batches. Kernels that ran: %4.</source>
        <translation>텍스트 하나씩 처리한 시간의 중앙값(예열 후). 100번 중 90번은 %1~%2 ms, 원본은 %5 ms. 묶음으로는 초당 텍스트 %3개. 실행된 커널: %4.</translation>
    </message>
    <message>
        <source>no clear change</source>
        <translation>뚜렷한 변화 없음</translation>
    </message>
    <message>
        <source>exported: %1</source>
        <translation>내보냄: %1</translation>
    </message>
    <message>
        <source>exported in %1 formats</source>
        <translation>형식 %1개로 내보냄</translation>
    </message>
    <message>
        <source>unsteady, the machine was busy</source>
        <translation>불안정, 다른 작업이 있었음</translation>
    </message>
    <message>
        <source>Times spread more than tenfold: something else kept the machine busy. Measure again when it is quiet.</source>
        <translation>시간이 열 배 넘게 흩어집니다. 다른 작업이 기계를 쓰고 있었습니다. 조용할 때 다시 측정하세요.</translation>
    </message>
    <message>
        <source>Not predicted either: no layer was asked what %1 parts of this recipe change. Measure tells it.</source>
        <translation>예측도 하지 않았습니다. 이 레시피 중 %1개 부분이 무엇을 바꾸는지 레이어에 묻지 않았습니다. 측정하면 알 수 있습니다.</translation>
    </message>
    <message>
        <source>the weights are missing</source>
        <translation>가중치 없음</translation>
    </message>
    <message>
        <source>The weights are missing: only config.json was found.</source>
        <translation>가중치가 없습니다. config.json만 찾았습니다.</translation>
    </message>
    <message>
        <source>Writes the weights as the recipe leaves them</source>
        <translation>레시피를 적용한 가중치를 파일로 씁니다</translation>
    </message>
    <message>
        <source>From what each layer answered alone on %1 examples: between %2 and %3 % in nine of ten cases.</source>
        <translation>예시 %1개에 대해 레이어마다 따로 응답한 것에서 예측했습니다. 열 번 중 아홉 번은 %2~%3 %입니다.</translation>
    </message>
    <message>
        <source>Accuracy, %1 examples of %2</source>
        <translation>정확도, %2의 예시 %1개</translation>
    </message>
    <message>
        <source>Accuracy, %1 examples</source>
        <translation>정확도, 예시 %1개</translation>
    </message>
    <message>
        <source>%1 of %2 examples, with its 95 % interval; the original: %3. Loyalty, the same answers as the original: %4 %. The bar goes from %5 to 100 %.</source>
        <translation>예시 %2개에서 %1, 괄호 안은 95 % 구간입니다. 원본: %3. 충실도(원본과 같은 응답): %4 %. 막대는 %5 %에서 100 %까지입니다.</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>알 수 없음</translation>
    </message>
</context>
<context>
    <name>pare::ModelTabs</name>
    <message>
        <source>Models of this project</source>
        <translation>이 프로젝트의 모델</translation>
    </message>
</context>
<context>
    <name>pare::OptionButton</name>
    <message>
        <source>weight error %1</source>
        <translation>가중치 오차 %1</translation>
    </message>
    <message>
        <source>time not measured</source>
        <translation>시간 측정하지 않음</translation>
    </message>
    <message>
        <source>%1 an answer</source>
        <translation>응답당 %1</translation>
    </message>
</context>
<context>
    <name>pare::ProblemDetails</name>
    <message>
        <source>All of the message</source>
        <translation>메시지 전체</translation>
    </message>
    <message>
        <source>Can be selected and copied; Esc closes it</source>
        <translation>선택하고 복사할 수 있습니다. Esc 키로 닫습니다</translation>
    </message>
</context>
<context>
    <name>pare::RecipePanel</name>
    <message>
        <source>Nothing is done to the model yet. Add a technique: to all layers it is made for, or to those selected on the map.</source>
        <translation>아직 모델에 적용한 것이 없습니다. 기법을 추가하세요. 그 기법에 맞는 모든 레이어나 맵에서 선택한 레이어에 적용됩니다.</translation>
    </message>
    <message>
        <source>+ Add a technique</source>
        <translation>+ 기법 추가</translation>
    </message>
    <message>
        <source>Use this recipe</source>
        <translation>이 레시피 쓰기</translation>
    </message>
    <message>
        <source>Back to mine</source>
        <translation>내 레시피로 돌아가기</translation>
    </message>
    <message>
        <source>Remove this step</source>
        <translation>이 단계 제거</translation>
    </message>
    <message>
        <source>Shown: the measured run &quot;%1&quot;</source>
        <translation>표시 중: 측정한 실행 &quot;%1&quot;</translation>
    </message>
    <message>
        <source>+ Add to the selected layer</source>
        <translation>+ 선택한 레이어에 추가</translation>
    </message>
    <message>
        <source>+ Add to %1 selected layers</source>
        <translation>+ 선택한 레이어 %1개에 추가</translation>
    </message>
    <message>
        <source>Settings: %1</source>
        <translation>설정: %1</translation>
    </message>
    <message>
        <source>What each would save, by family</source>
        <translation>계열별로 각 기법이 줄일 크기</translation>
    </message>
    <message>
        <source>The steps of this run take the place of yours; undo brings them back</source>
        <translation>이 실행의 단계가 지금 단계를 대신합니다. 실행 취소하면 되돌아옵니다</translation>
    </message>
    <message>
        <source>Show the recipe as it stands</source>
        <translation>지금 레시피 보기</translation>
    </message>
    <message>
        <source>Undo brings it back</source>
        <translation>실행 취소하면 되돌아옵니다</translation>
    </message>
    <message>
        <source>applied in this order</source>
        <translation>이 순서로 적용됩니다</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>프리셋</translation>
    </message>
    <message>
        <source>Recipes to begin with</source>
        <translation>시작하기 좋은 레시피</translation>
    </message>
</context>
<context>
    <name>pare::RecipeText</name>
    <message>
        <source>Apply</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>The recipe as text</source>
        <translation>레시피 텍스트</translation>
    </message>
    <message>
        <source>One step a line, as in
quantize.affine bits=4 @ role=up,down
# in front of a step switches it off</source>
        <translation>한 줄에 한 단계. 예:
quantize.affine bits=4 @ role=up,down
단계 앞에 #을 붙이면 꺼집니다</translation>
    </message>
    <message>
        <source>Make these the steps of the recipe (Ctrl+Enter)</source>
        <translation>이것을 레시피의 단계로 씁니다(Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>%1번째 줄: %2</translation>
    </message>
    <message>
        <source>One step a line; # in front of it switches it off</source>
        <translation>한 줄에 한 단계. 앞에 #을 붙이면 꺼집니다</translation>
    </message>
    <message>
        <source>The text becomes that of the recipe again</source>
        <translation>텍스트가 다시 레시피의 텍스트가 됩니다</translation>
    </message>
</context>
<context>
    <name>pare::Report</name>
    <message>
        <source>run %1: %2; %3</source>
        <translation>실행 %1: %2, %3</translation>
    </message>
    <message>
        <source>With the same model, data, versions, threads and kernels these commands give the same weights, answers and run numbers; times differ. Add --project FILE.pare to keep the runs.</source>
        <translation>모델, 데이터, 버전, 스레드, 커널이 같으면 이 명령으로 같은 가중치, 응답, 실행 번호를 얻습니다. 시간은 달라집니다. 실행을 보관하려면 --project FILE.pare를 붙이세요.</translation>
    </message>
    <message>
        <source>STUDENT is a folder that the student is written to.</source>
        <translation>STUDENT는 학생 모델을 쓸 폴더입니다.</translation>
    </message>
    <message>
        <source>These are the %1 smallest of %2 runs.</source>
        <translation>실행 %2건 중 가장 작은 %1건입니다.</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>차례</translation>
    </message>
    <message>
        <source>weight error</source>
        <translation>가중치 오차</translation>
    </message>
    <message>
        <source>uses the weights of %1</source>
        <translation>%1의 가중치를 함께 씀</translation>
    </message>
    <message>
        <source>No step touched the other layers (%1 of %2); they take %3.</source>
        <translation>나머지 레이어(%2개 중 %1개)에는 어느 단계도 작용하지 않았습니다. 크기는 %3입니다.</translation>
    </message>
    <message>
        <source>There is no map of this run: a student has layers of its own.</source>
        <translation>이 실행에는 맵이 없습니다. 학생 모델에는 자체 레이어가 있습니다.</translation>
    </message>
    <message>
        <source>There is no map of this run: nothing is known of its layers.</source>
        <translation>이 실행에는 맵이 없습니다. 레이어에 대해 알려진 것이 없습니다.</translation>
    </message>
    <message>
        <source>There is no map of this run: %1</source>
        <translation>이 실행에는 맵이 없습니다: %1</translation>
    </message>
    <message>
        <source>The layers of %1 after %2, in the order in which data flows. A wider cell is a larger layer, its filled part is what is left of it; colour is the weight error, ‖W−Ŵ‖ as a share of ‖W‖.</source>
        <translation>%2 적용 후 %1의 레이어를 데이터가 흐르는 순서로 나타냈습니다. 칸이 넓을수록 큰 레이어이고, 채워진 부분이 남은 것입니다. 색은 가중치 오차, 곧 ‖W‖에 대한 ‖W−Ŵ‖의 비율입니다.</translation>
    </message>
    <message>
        <source>It has no steps.</source>
        <translation>단계가 없습니다.</translation>
    </message>
    <message>
        <source>The steps of “%1”, the run that this report tells in full:</source>
        <translation>이 보고서에서 자세히 다루는 실행 “%1”의 단계:</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>what was done</source>
        <translation>적용한 것</translation>
    </message>
    <message>
        <source>bytes before</source>
        <translation>원래 바이트</translation>
    </message>
    <message>
        <source>after</source>
        <translation>적용 후</translation>
    </message>
    <message>
        <source>bits a weight</source>
        <translation>가중치당 비트</translation>
    </message>
    <message>
        <source>output error</source>
        <translation>출력 오차</translation>
    </message>
    <message>
        <source>These are the first %1 of %2 layers; the CSV has all.</source>
        <translation>레이어 %2개 중 처음 %1개입니다. 모두 보려면 CSV를 보세요.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>The byte count of the model file that export writes for this run, with all that is needed to read it. 1 MB is 10⁶ bytes.</source>
        <translation>이 실행을 내보낼 때 쓰는 모델 파일의 바이트 수이며, 읽는 데 필요한 것이 모두 들어 있습니다. 1 MB는 10⁶바이트입니다.</translation>
    </message>
    <message>
        <source>Share of right answers</source>
        <translation>정답 비율</translation>
    </message>
    <message>
        <source>Of all examples, with the 95 % score interval of a proportion.</source>
        <translation>모든 예시에 대한 비율이며, 비율의 95 % 점수 구간을 붙였습니다.</translation>
    </message>
    <message>
        <source>Differences and verdicts</source>
        <translation>차이와 판정</translation>
    </message>
    <message>
        <source>The run and the original answer the same examples: exact McNemar test on those that only one of them answers rightly, corrected for the number of runs; the interval is that of the paired bootstrap, or a score interval where few answers differ.</source>
        <translation>실행과 원본이 같은 예시에 응답합니다. 둘 중 하나만 맞힌 예시에 대한 맥니마의 정확 검정이며, 실행 수에 맞게 보정했습니다. 구간은 짝지은 부트스트랩 구간이고, 다른 응답이 적으면 점수 구간입니다.</translation>
    </message>
    <message>
        <source>Collapsed slices</source>
        <translation>무너진 부분</translation>
    </message>
    <message>
        <source>More of the original&apos;s right answers were lost in the slice than chance puts there (exact test, corrected for the number of slices), and the accuracy fell by at least five points and twice as much as that of the rest.</source>
        <translation>원본이 맞힌 응답을 그 부분에서 우연보다 더 많이 잃었고(부분의 수에 맞게 보정한 정확 검정), 정확도가 5점 이상, 나머지의 두 배 이상 떨어졌습니다.</translation>
    </message>
    <message>
        <source>Same answer</source>
        <translation>같은 응답</translation>
    </message>
    <message>
        <source>The share of examples that get the label the original gives them (loyalty).</source>
        <translation>원본과 같은 레이블을 얻은 예시의 비율(충실도)입니다.</translation>
    </message>
    <message>
        <source>One answer</source>
        <translation>응답 한 건</translation>
    </message>
    <message>
        <source>Milliseconds for one example at a time, warm, the median; measured with the kernels and threads named below, on that machine.</source>
        <translation>예열 후 예시를 하나씩 처리한 밀리초의 중앙값입니다. 아래에 적은 커널과 스레드로 그 컴퓨터에서 측정했습니다.</translation>
    </message>
    <message>
        <source>machine</source>
        <translation>컴퓨터</translation>
    </message>
    <message>
        <source>kernels</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>file format</source>
        <translation>파일 형식</translation>
    </message>
    <message>
        <source>What the figures are and how they were measured:</source>
        <translation>수치의 뜻과 측정 방법:</translation>
    </message>
    <message>
        <source>what</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>hash of its weights and tokenizer</source>
        <translation>가중치와 토크나이저의 해시</translation>
    </message>
    <message>
        <source>data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>hash of the data</source>
        <translation>데이터의 해시</translation>
    </message>
    <message>
        <source>examples</source>
        <translation>예시</translation>
    </message>
    <message>
        <source>calibration data</source>
        <translation>보정 데이터</translation>
    </message>
    <message>
        <source>development data</source>
        <translation>개발 데이터</translation>
    </message>
    <message>
        <source>training data</source>
        <translation>학습 데이터</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>tokens measured at once</source>
        <translation>한 번에 측정한 토큰</translation>
    </message>
    <message>
        <source>hash of the weights that the chosen run measured</source>
        <translation>고른 실행에서 측정한 가중치의 해시</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1(%2)</translation>
    </message>
    <message>
        <source>In short</source>
        <translation>요약</translation>
    </message>
    <message>
        <source>Size against accuracy</source>
        <translation>크기 대비 정확도</translation>
    </message>
    <message>
        <source>What each layer kept</source>
        <translation>레이어별로 남은 것</translation>
    </message>
    <message>
        <source>Recipe of each layer</source>
        <translation>레이어별 레시피</translation>
    </message>
    <message>
        <source>All runs, smallest file first</source>
        <translation>모든 실행, 작은 파일부터</translation>
    </message>
    <message>
        <source>Changed answers</source>
        <translation>바뀐 응답</translation>
    </message>
    <message>
        <source>The one run of %1</source>
        <translation>%1의 유일한 실행</translation>
    </message>
    <message>
        <source>The %1 runs of %2</source>
        <translation>%2의 실행 %1건</translation>
    </message>
    <message>
        <source>%1, measured by Pare until %2</source>
        <translation>%1, Pare로 측정, %2까지</translation>
    </message>
    <message>
        <source>What the model %1 can lose</source>
        <translation>모델 %1에서 덜어 낼 수 있는 것</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>Versions, hashes and hardware: %1</source>
        <translation>버전, 해시, 하드웨어: %1</translation>
    </message>
    <message>
        <source>Versions, hashes and hardware</source>
        <translation>버전, 해시, 하드웨어</translation>
    </message>
    <message>
        <source>How to repeat it: %1</source>
        <translation>다시 실행하는 방법: %1</translation>
    </message>
    <message>
        <source>How to repeat it</source>
        <translation>다시 실행하는 방법</translation>
    </message>
    <message>
        <source>better</source>
        <translation>더 나음</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>더 나쁨</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>차이 없음</translation>
    </message>
    <message>
        <source>open</source>
        <translation>미정</translation>
    </message>
    <message>
        <source>front</source>
        <translation>전선</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>측정 안 됨</translation>
    </message>
    <message>
        <source>recipe</source>
        <translation>레시피</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>바뀜</translation>
    </message>
    <message>
        <source>of all</source>
        <translation>전체 대비</translation>
    </message>
    <message>
        <source>wrong either way</source>
        <translation>둘 다 틀림</translation>
    </message>
    <message>
        <source>collapsed slices</source>
        <translation>무너진 부분</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1: %2 → %3</translation>
    </message>
    <message>
        <source>Changed answers of %1 that the original was surest of</source>
        <translation>%1의 바뀐 응답 중 원본이 가장 확신한 것</translation>
    </message>
    <message>
        <source>example</source>
        <translation>예시</translation>
    </message>
    <message>
        <source>text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>correct</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>now</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>texts of %1 words</source>
        <translation>단어 %1개인 텍스트</translation>
    </message>
    <message>
        <source>texts of %1 … %2 words</source>
        <translation>단어 %1~%2개인 텍스트</translation>
    </message>
    <message>
        <source>texts with %1 rare words</source>
        <translation>드문 단어가 %1개인 텍스트</translation>
    </message>
    <message>
        <source>texts with %1 … %2 rare words</source>
        <translation>드문 단어가 %1~%2개인 텍스트</translation>
    </message>
    <message>
        <source>all examples</source>
        <translation>모든 예시</translation>
    </message>
    <message>
        <source>The mean hides a loss: among %1 right answers fell from %2 to %3, among the rest from %4 to %5.</source>
        <translation>평균에 손실이 가려져 있습니다. %1의 정답 비율은 %2에서 %3(으)로, 나머지는 %4에서 %5(으)로 바뀌었습니다.</translation>
    </message>
    <message>
        <source>file</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>of original</source>
        <translation>원본 대비</translation>
    </message>
    <message>
        <source>right (95 %)</source>
        <translation>정답률(95 %)</translation>
    </message>
    <message>
        <source>difference, points (95 %)</source>
        <translation>차이, 점(95 %)</translation>
    </message>
    <message>
        <source>verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>same answer</source>
        <translation>같은 응답</translation>
    </message>
    <message>
        <source>one answer, ms</source>
        <translation>응답 한 건, ms</translation>
    </message>
    <message>
        <source>run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>The verdict says which answers better, the original or the run, as far as the examples tell: “worse” and “better” hold with at most 5 % chance of one wrong word in the whole table, “no difference” means less than one point, “open” that there are too few examples.</source>
        <translation>판정은 예시로 알 수 있는 한, 원본과 실행 중 어느 쪽이 더 잘 응답하는지 알려 줍니다. “더 나쁨”과 “더 나음”은 표 전체에서 하나라도 틀릴 확률이 최대 5 %이고, “차이 없음”은 1점 미만, “미정”은 예시가 너무 적다는 뜻입니다.</translation>
    </message>
    <message>
        <source>These are the %1 smallest of %2 runs; the CSV has all.</source>
        <translation>실행 %2건 중 가장 작은 %1건입니다. 모두 보려면 CSV를 보세요.</translation>
    </message>
    <message>
        <source>Equal accuracy may hide that other examples are answered rightly than before. “Better”: the original was wrong and the run is right. A slice (the examples of a label, a length, a share of rare words) has collapsed where it lost much more than the rest.</source>
        <translation>정확도가 같아도 전과 다른 예시를 맞혔을 수 있습니다. “더 나음”은 원본이 틀리고 실행이 맞힌 것입니다. 한 부분(어떤 레이블, 길이, 드문 단어 비율의 예시)에서 나머지보다 훨씬 많이 잃었으면 무너진 것입니다.</translation>
    </message>
    <message>
        <source>Runs whose answers the project does not hold: %1.</source>
        <translation>프로젝트에 응답이 없는 실행: %1.</translation>
    </message>
    <message>
        <source>The model %1 takes %2 as it is.</source>
        <translation>모델 %1의 원래 크기는 %2입니다.</translation>
    </message>
    <message>
        <source>The model %1 takes %2 as it is and reaches %3 of %4 on %5 examples of %6.</source>
        <translation>모델 %1의 원래 크기는 %2이며, 예시 %5개(%6)에서 %4: %3.</translation>
    </message>
    <message>
        <source>The model %1 takes %2 as it is and answers %3 of %4 examples of %5 correctly. The figures in brackets are the 95 % interval: where the share would probably lie if there were endlessly many examples.</source>
        <translation>모델 %1의 원래 크기는 %2이며, 예시 %4개(%5) 중 %3에 정답을 냈습니다. 괄호 안의 수치는 95 % 구간으로, 예시가 끝없이 많다면 비율이 있을 만한 범위입니다.</translation>
    </message>
    <message>
        <source>That model had been compressed before: all figures here compare with it, not with the one it was made from, and what was lost then comes on top.</source>
        <translation>이 모델은 이미 압축된 것입니다. 여기의 수치는 모두 원래 모델이 아니라 이 모델과 비교한 것이며, 그때 잃은 것은 따로 더해집니다.</translation>
    </message>
    <message>
        <source>That is better than the original by more than chance explains.</source>
        <translation>우연으로 설명되는 것보다 원본보다 낫습니다.</translation>
    </message>
    <message>
        <source>The loss of %1 is real: chance alone would hardly bring it about.</source>
        <translation>%1의 손실은 실제입니다. 우연만으로는 이렇게 되기 어렵습니다.</translation>
    </message>
    <message>
        <source>Between it and the original there is no difference larger than %1 points.</source>
        <translation>원본과의 차이는 %1점보다 크지 않습니다.</translation>
    </message>
    <message>
        <source>Whether that is a loss at all is open: about %1 more examples would tell.</source>
        <translation>손실인지 아직 알 수 없습니다. 예시가 약 %1개 더 있으면 알 수 있습니다.</translation>
    </message>
    <message>
        <source>No run made the file smaller and kept within one point of it.</source>
        <translation>파일을 줄이면서 원본과의 차이가 1점 이내인 실행이 없습니다.</translation>
    </message>
    <message>
        <source>The smallest file that loses at most one point is %1, %2 of the original, with the recipe “%3”: %4 right.</source>
        <translation>손실이 최대 1점인 가장 작은 파일: %1(원본의 %2), 레시피 “%3”, 정답률 %4.</translation>
    </message>
    <message>
        <source>It answers every example as the original does.</source>
        <translation>모든 예시에 원본과 같게 응답합니다.</translation>
    </message>
    <message>
        <source>It answers %1 of %2 examples otherwise than the original: %3 for the better, %4 for the worse, %5 wrong either way.</source>
        <translation>예시 %2개 중 %1개에 원본과 다르게 응답합니다. 나아진 것 %3개, 나빠진 것 %4개, 둘 다 틀린 것 %5개입니다.</translation>
    </message>
    <message>
        <source>Answer by answer against the original, %1 compressed: %2 worse by more than chance explains, %3 better, %4 without a difference of one point, %5 with too few examples to tell.</source>
        <translation>모든 실행을 원본과 응답마다 비교했습니다. 압축한 모델 %1개 중 %2개는 우연으로 설명되는 것보다 나쁘고, %3개는 더 낫고, %4개는 1점의 차이도 없습니다. %5개는 예시가 너무 적어 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Exported file</source>
        <translation>내보낸 파일</translation>
    </message>
    <message>
        <source>Right answers</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>원본 %1</translation>
    </message>
    <message>
        <source>was %1; threads: %2</source>
        <translation>원본 %1, 스레드: %2</translation>
    </message>
    <message>
        <source>The most accurate run under a given size</source>
        <translation>주어진 크기 이하에서 가장 정확한 실행</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>%1 (1/%2)</source>
        <translation>%1(1/%2)</translation>
    </message>
    <message>
        <source>Nothing was done to it yet.</source>
        <translation>아직 아무것도 적용하지 않았습니다.</translation>
    </message>
    <message>
        <source>Each mark is one run on %1 examples of %2, bars are 95 % intervals. The line is the front: no other run has a smaller file and is at least as accurate.</source>
        <translation>각 표시는 %2의 예시 %1개에 대한 실행 하나이며, 막대는 95 % 구간입니다. 선은 전선입니다. 이보다 파일이 작으면서 정확도가 같거나 높은 실행은 없습니다.</translation>
    </message>
    <message>
        <source>The same without the runs that lose more than %1 points.</source>
        <translation>%1점보다 많이 잃은 실행을 뺀 그림입니다.</translation>
    </message>
    <message>
        <source>The front</source>
        <translation>전선</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>남는 비율</translation>
    </message>
    <message>
        <source>“Stays” is how often a run is still on the front when the examples are drawn anew from those that there are: a low share means that another run may be just as good.</source>
        <translation>“남는 비율”은 있는 예시에서 예시를 새로 뽑았을 때 실행이 여전히 전선에 있는 빈도입니다. 낮으면 다른 실행도 똑같이 좋을 수 있다는 뜻입니다.</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1바이트</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 (%2 … %3)</source>
        <translation>%1(%2~%3)</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1점</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Times are medians of single examples on the machine named below, which only there can be compared.</source>
        <translation>시간은 아래에 적은 컴퓨터에서 예시를 하나씩 잰 중앙값이며, 그 컴퓨터에서만 비교할 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 (5th to 95th percentile: %2 … %3)</source>
        <translation>%1(5~95 백분위: %2~%3)</translation>
    </message>
    <message>
        <source>Times are the median of single examples, one after another, after a warm-up: %1, the original %2. Machine: %3; threads: %4; kernels: %5. Elsewhere they are others.</source>
        <translation>시간은 준비 실행 뒤에 예시를 하나씩 차례로 잰 중앙값입니다: %1, 원본 %2. 컴퓨터: %3, 스레드: %4, 커널: %5. 다른 컴퓨터에서는 다르게 나옵니다.</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>%1 (not measured)</source>
        <translation>%1(측정하지 않음)</translation>
    </message>
    <message>
        <source>random tokens</source>
        <translation>무작위 토큰</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>통과</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>실패: %1</translation>
    </message>
    <message>
        <source>format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>바이트</translation>
    </message>
    <message>
        <source>largest difference</source>
        <translation>최대 차이</translation>
    </message>
    <message>
        <source>answers changed</source>
        <translation>바뀐 응답</translation>
    </message>
    <message>
        <source>examples of</source>
        <translation>예시의 출처</translation>
    </message>
    <message>
        <source>read again</source>
        <translation>다시 읽은 결과</translation>
    </message>
    <message>
        <source>when, UTC</source>
        <translation>시각(UTC)</translation>
    </message>
    <message>
        <source>Each file was opened again after it had been written, by readers that know its format alone, and compared: every weight, and the answers to the examples. The largest difference is that of one logit (of a model without any, of a hidden state) from what was measured; where a format rounds, that is more than nothing.</source>
        <translation>각 파일은 쓴 뒤 그 형식만 아는 판독기로 다시 열어 모든 가중치와 예시에 대한 응답을 비교했습니다. 최대 차이는 로짓 하나(로짓이 없는 모델은 은닉 상태)가 측정한 값에서 벗어난 폭이며, 형식이 반올림하면 0보다 큽니다.</translation>
    </message>
    <message>
        <source>A file below is not what was written to it, and must not be used.</source>
        <translation>아래 파일 가운데 쓴 것과 다른 파일이 있습니다. 그 파일은 쓰지 마십시오.</translation>
    </message>
    <message>
        <source>Written by: %1.</source>
        <translation>쓴 프로그램: %1.</translation>
    </message>
    <message>
        <source>Exported files</source>
        <translation>내보낸 파일</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Loyalty</source>
        <translation>충실도</translation>
    </message>
    <message>
        <source>same answers as the original, of %1 examples</source>
        <translation>원본과 같은 응답, 예시 %1개 중</translation>
    </message>
</context>
<context>
    <name>pare::RunDocks</name>
    <message>
        <source>Deleted: %1</source>
        <translation>삭제됨: %1</translation>
    </message>
    <message>
        <source>Choose a measured run, on the chart or in the table: here stand the answers that are not the original&apos;s.</source>
        <translation>차트나 표에서 측정한 실행을 선택하면 원본과 다른 응답이 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>Looking at its answers …</source>
        <translation>응답을 살펴보는 중…</translation>
    </message>
    <message>
        <source>Select two or more runs and press Ctrl+D: here they stand side by side.</source>
        <translation>실행을 둘 이상 선택하고 Ctrl+D를 누르면 여기에 나란히 표시됩니다.</translation>
    </message>
    <message>
        <source>&quot;%1&quot;</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>texts of %1 words</source>
        <translation>단어 %1개인 텍스트</translation>
    </message>
    <message>
        <source>texts of %1 to %2 words</source>
        <translation>단어 %1~%2개인 텍스트</translation>
    </message>
    <message>
        <source>texts with %1 to %2 % rare words</source>
        <translation>드문 단어가 %1~%2 %인 텍스트</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>The mean hides a part: %1 fell from %2 % to %3 % right, the rest from %4 % to %5 %.</source>
        <translation>평균에 가려진 부분이 있습니다: %1의 정답률은 %2 %에서 %3 %로, 나머지는 %4 %에서 %5 %로 떨어졌습니다.</translation>
    </message>
    <message>
        <source>Better</source>
        <translation>나아짐</translation>
    </message>
    <message>
        <source>Worse</source>
        <translation>나빠짐</translation>
    </message>
    <message>
        <source>Wrong either way</source>
        <translation>둘 다 오답</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Until a head is clicked, those first that the original was surest of</source>
        <translation>열 제목을 누르기 전에는 원본이 가장 확신한 응답부터 표시합니다</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>The label in the data</source>
        <translation>데이터의 레이블</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>적용 전</translation>
    </message>
    <message>
        <source>What the original answers</source>
        <translation>원본의 응답</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>What this run answers</source>
        <translation>이 실행의 응답</translation>
    </message>
    <message>
        <source>%, before</source>
        <translation>%, 적용 전</translation>
    </message>
    <message>
        <source>The probability the original gives its answer</source>
        <translation>원본이 자신의 응답에 준 확률</translation>
    </message>
    <message>
        <source>%, now</source>
        <translation>%, 현재</translation>
    </message>
    <message>
        <source>The probability this run gives its answer</source>
        <translation>이 실행이 자신의 응답에 준 확률</translation>
    </message>
    <message>
        <source>Became</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>행</translation>
    </message>
    <message>
        <source>Of the data, from 0</source>
        <translation>데이터의 행 번호, 0부터</translation>
    </message>
    <message>
        <source>%1 (+%2)</source>
        <translation>%1 (+%2)</translation>
    </message>
    <message>
        <source>Put back as it was, each of these alone brings the old answer back: %1.</source>
        <translation>다음 레이어는 하나만 원래대로 되돌려도 이전 응답이 나옵니다: %1.</translation>
    </message>
    <message>
        <source>No layer alone did it: none, put back as it was, moves the answer towards the old one.</source>
        <translation>레이어 하나 때문은 아닙니다. 어느 레이어를 되돌려도 이전 응답에 가까워지지 않습니다.</translation>
    </message>
    <message>
        <source>No layer alone did it; most of all these, in logits that the old answer gains: %1.</source>
        <translation>레이어 하나 때문은 아닙니다. 이전 응답의 로짓을 가장 많이 높이는 레이어: %1.</translation>
    </message>
    <message>
        <source>The run was trained: its layers cannot be put back one by one.</source>
        <translation>학습한 실행이므로 레이어를 하나씩 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>The run takes heads, units, blocks or tokens away: the original&apos;s layers do not fit in it.</source>
        <translation>헤드, 유닛, 블록 또는 토큰을 제거한 실행이므로 원본의 레이어가 맞지 않습니다.</translation>
    </message>
    <message>
        <source>error of its outputs: %1 %</source>
        <translation>출력 오차: %1 %</translation>
    </message>
    <message>
        <source>The run removes this layer</source>
        <translation>이 실행에서 제거된 레이어입니다</translation>
    </message>
    <message>
        <source>shares the weight of %1</source>
        <translation>가중치 공유: %1</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>kB %1</source>
        <translation>kB %1</translation>
    </message>
    <message>
        <source>Bytes of the layer in run %1, thousands</source>
        <translation>실행 %1의 레이어 크기, 천 바이트</translation>
    </message>
    <message>
        <source>B − A</source>
        <translation>B − A</translation>
    </message>
    <message>
        <source>Bytes in B less those in A, thousands</source>
        <translation>B의 바이트에서 A의 바이트를 뺀 값, 천 단위</translation>
    </message>
    <message>
        <source>error %1, %</source>
        <translation>오차 %1, %</translation>
    </message>
    <message>
        <source>How far the layer&apos;s weight in run %1 is from the original&apos;s, % of its norm</source>
        <translation>실행 %1의 레이어 가중치가 원본과 다른 정도, 노름 대비 %</translation>
    </message>
    <message>
        <source>bits %1</source>
        <translation>비트 %1</translation>
    </message>
    <message>
        <source>Bits stored for each number in run %1</source>
        <translation>실행 %1에서 수 하나에 저장한 비트</translation>
    </message>
    <message>
        <source>What run %1 answers</source>
        <translation>실행 %1의 응답</translation>
    </message>
    <message>
        <source>sure, %</source>
        <translation>확신, %</translation>
    </message>
    <message>
        <source>The probability run %1 gives its answer, %</source>
        <translation>실행 %1: 자신의 응답에 준 확률, %</translation>
    </message>
    <message>
        <source>right</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>오답</translation>
    </message>
    <message>
        <source>1 answer differs</source>
        <translation>응답 1개가 다름</translation>
    </message>
    <message>
        <source>%1 answers differ</source>
        <translation>응답 %1개가 다름</translation>
    </message>
    <message>
        <source>p &lt; 0.001</source>
        <translation>p &lt; 0.001</translation>
    </message>
    <message>
        <source>p = %1</source>
        <translation>p = %1</translation>
    </message>
    <message>
        <source>against A: %1 (%2 points, %3 to %4; right here alone: %5, in A alone: %6; %7)</source>
        <translation>A와 비교: %1 (%2포인트, %3~%4; 이쪽만 정답: %5, A만 정답: %6; %7)</translation>
    </message>
    <message>
        <source>%1: %2 of %3 answers changed, %4 better, %5 worse, %6 wrong either way.</source>
        <translation>%1: 응답 %3개 중 %2개가 바뀜, 나아짐 %4, 나빠짐 %5, 둘 다 오답 %6.</translation>
    </message>
    <message>
        <source>%1 (%2 → %3 % right)</source>
        <translation>%1 (정답률 %2 → %3 %)</translation>
    </message>
    <message>
        <source>The mean hides: %1</source>
        <translation>평균에 가려진 부분: %1</translation>
    </message>
    <message>
        <source>Correct: %1. Before: %2, %3 % sure. Now: %4, %5 % sure.</source>
        <translation>정답: %1. 적용 전: %2, 확신 %3 %. 현재: %4, 확신 %5 %.</translation>
    </message>
    <message>
        <source>Comparing their answers …</source>
        <translation>응답을 비교하는 중…</translation>
    </message>
    <message>
        <source>Show the newest run</source>
        <translation>가장 최근 실행 보기</translation>
    </message>
    <message>
        <source>Compare the two newest</source>
        <translation>최근 두 실행 비교</translation>
    </message>
    <message>
        <source>%1 answers all %2 examples as the original does.</source>
        <translation>%1: 예시 %2개 모두 원본과 같게 응답합니다.</translation>
    </message>
</context>
<context>
    <name>pare::RunFilter</name>
    <message>
        <source>&quot;%1&quot; is none of accuracy, bytes, ms, loyalty, changed, parameters, multiply-adds</source>
        <translation>“%1”: accuracy, bytes, ms, loyalty, changed, parameters, multiply-adds 중 하나여야 합니다</translation>
    </message>
    <message>
        <source>%1: expected a text</source>
        <translation>%1: 텍스트가 필요합니다</translation>
    </message>
    <message>
        <source>%1: expected a number, as in bytes&lt;4MB</source>
        <translation>%1: bytes&lt;4MB처럼 숫자가 필요합니다</translation>
    </message>
</context>
<context>
    <name>pare::RunTable</name>
    <message>
        <source>&amp;Columns</source>
        <translation>열(&amp;C)</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행 목록</translation>
    </message>
</context>
<context>
    <name>pare::RunsModel</name>
    <message>
        <source>same answers as the original: %1</source>
        <translation>원본과 같은 응답: %1</translation>
    </message>
    <message>
        <source>calibrated on %1 examples of %2</source>
        <translation>보정: 예시 %1개(%2)</translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s), seed %1</source>
        <translation>
            <numerusform>스레드 %n개, 시드 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>What was done to the model</source>
        <translation>모델에 적용한 것</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>레시피</translation>
    </message>
    <message>
        <source>Size of the exported model.safetensors, 1 MB = 1,000,000 bytes</source>
        <translation>내보낸 model.safetensors의 크기, 1 MB = 1,000,000바이트</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Acc.</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>Time of one answer, median, milliseconds</source>
        <translation>응답 한 건의 시간, 중앙값, 밀리초</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>tags: %1</source>
        <translation>태그: %1</translation>
    </message>
    <message>
        <source>Answers that are not the original&apos;s</source>
        <translation>원본과 다른 응답</translation>
    </message>
    <message>
        <source>Multiply-adds of one answer, the mean over the data, millions</source>
        <translation>응답 하나의 곱셈-덧셈, 데이터 평균, 백만</translation>
    </message>
    <message>
        <source>Numbers the model keeps, millions</source>
        <translation>모델에 남은 수, 백만</translation>
    </message>
    <message>
        <source>When it was measured</source>
        <translation>측정 시각</translation>
    </message>
    <message>
        <source>Words to find runs by: tag:paper in the filter</source>
        <translation>실행을 찾는 단어: 필터에 tag:paper처럼 입력</translation>
    </message>
    <message>
        <source>What you noted of it</source>
        <translation>직접 적은 메모</translation>
    </message>
    <message>
        <source>Size, MB</source>
        <translation>크기, MB</translation>
    </message>
    <message>
        <source>Accuracy, %</source>
        <translation>정확도, %</translation>
    </message>
    <message>
        <source>95 % interval of the accuracy</source>
        <translation>정확도의 95 % 구간</translation>
    </message>
    <message>
        <source>Time of one answer, ms</source>
        <translation>응답 하나의 시간, ms</translation>
    </message>
    <message>
        <source>Loyalty, %</source>
        <translation>충실도, %</translation>
    </message>
    <message>
        <source>Changed answers</source>
        <translation>바뀐 응답</translation>
    </message>
    <message>
        <source>Multiply-adds, millions</source>
        <translation>곱셈-덧셈, 백만</translation>
    </message>
    <message>
        <source>Parameters, millions</source>
        <translation>파라미터, 백만</translation>
    </message>
    <message>
        <source>When</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>Loyalty</source>
        <translation>충실도</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>바뀜</translation>
    </message>
    <message>
        <source>M mult-adds</source>
        <translation>백만 곱셈-덧셈</translation>
    </message>
    <message>
        <source>M param.</source>
        <translation>백만 파라미터</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>고정됨</translation>
    </message>
    <message>
        <source>The run that this one was before it was trained</source>
        <translation>이 실행의 학습 전 상태를 측정한 실행</translation>
    </message>
    <message>
        <source>Came from</source>
        <translation>학습 전 실행</translation>
    </message>
    <message>
        <source>Formats it was exported in; each file was read again and compared</source>
        <translation>내보낸 형식. 각 파일은 다시 읽어 비교했습니다</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>내보냄</translation>
    </message>
    <message>
        <source>%1 of %2 examples</source>
        <translation>예시 %2개에서 %1</translation>
    </message>
    <message>
        <source>Primary metric, % of the examples of the data file</source>
        <translation>주 지표, 데이터 파일의 예시 중 %</translation>
    </message>
    <message>
        <source>95 % interval of the primary metric, % of the examples</source>
        <translation>주 지표의 95 % 구간, 예시 대비 %</translation>
    </message>
    <message>
        <source>The same answers as the original, % of the examples</source>
        <translation>원본과 같은 응답, 예시 대비 %</translation>
    </message>
</context>
<context>
    <name>pare::RunsPanel</name>
    <message>
        <source>No runs yet. Measure a recipe, or the model as it is, with Ctrl+R.</source>
        <translation>아직 실행이 없습니다. Ctrl+R로 레시피나 원래 모델을 측정하세요.</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행 목록</translation>
    </message>
    <message>
        <source>Filter the runs</source>
        <translation>실행 필터</translation>
    </message>
    <message>
        <source>accuracy&gt;90 tag:paper</source>
        <translation>accuracy&gt;90 tag:paper</translation>
    </message>
    <message>
        <source>Words of recipe, note or tags, and conditions: accuracy&gt;90 (%), bytes&lt;4MB, ms&lt;1.2, loyalty&gt;95, changed&lt;20, parameters&lt;1M, multiply-adds&lt;5M, tag:paper, note:&quot;too coarse&quot;. All must hold; a - before one turns it round.</source>
        <translation>레시피, 메모, 태그의 단어와 조건: accuracy&gt;90 (%), bytes&lt;4MB, ms&lt;1.2, loyalty&gt;95, changed&lt;20, parameters&lt;1M, multiply-adds&lt;5M, tag:paper, note:&quot;too coarse&quot;. 모두 만족해야 하며, 앞에 -를 붙이면 반대가 됩니다.</translation>
    </message>
    <message>
        <source>What can be done with runs</source>
        <translation>실행으로 할 수 있는 일</translation>
    </message>
    <message>
        <source>Enter keeps it, Esc does not</source>
        <translation>Enter를 누르면 저장, Esc를 누르면 취소</translation>
    </message>
    <message>
        <source>&amp;Use its recipe</source>
        <translation>이 레시피 사용(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>비교(&amp;C)</translation>
    </message>
    <message>
        <source>Ctrl+D</source>
        <translation>Ctrl+D</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>Copy as co&amp;mmand</source>
        <translation>명령으로 복사(&amp;M)</translation>
    </message>
    <message>
        <source>Ctrl+Alt+C</source>
        <translation>Ctrl+Alt+C</translation>
    </message>
    <message>
        <source>&amp;Note…</source>
        <translation>메모(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Tags…</source>
        <translation>태그(&amp;T)…</translation>
    </message>
    <message>
        <source>Shift+F2</source>
        <translation>Shift+F2</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>삭제(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Bring back</source>
        <translation>되살리기(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Show deleted runs</source>
        <translation>삭제한 실행 표시(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>실행 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Note of %1</source>
        <translation>메모: %1</translation>
    </message>
    <message>
        <source>Tags of %1, with commas between</source>
        <translation>태그(쉼표로 구분): %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1개</translation>
    </message>
    <message>
        <source>No run is like that.</source>
        <translation>조건에 맞는 실행이 없습니다.</translation>
    </message>
    <message>
        <source>All runs were deleted. The menu above shows them, to bring them back.</source>
        <translation>모든 실행을 삭제했습니다. 위 메뉴에서 표시해 되살릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>&amp;Pin</source>
        <translation>고정(&amp;P)</translation>
    </message>
    <message>
        <source>Always named on the chart, and first in the table</source>
        <translation>차트에 항상 이름을 표시하고 표의 맨 위에 둡니다</translation>
    </message>
    <message>
        <source>Co&amp;lour</source>
        <translation>색(&amp;L)</translation>
    </message>
    <message>
        <source>That of its family</source>
        <translation>기법 계열의 색</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>주황</translation>
    </message>
    <message>
        <source>Sky blue</source>
        <translation>하늘색</translation>
    </message>
    <message>
        <source>Bluish green</source>
        <translation>청록</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>파랑</translation>
    </message>
    <message>
        <source>Vermilion</source>
        <translation>주홍</translation>
    </message>
    <message>
        <source>Reddish purple</source>
        <translation>자홍</translation>
    </message>
    <message>
        <source>Select the run it came &amp;from</source>
        <translation>학습 전 실행 선택(&amp;F)</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>필터 지우기</translation>
    </message>
    <message>
        <source>Show deleted runs</source>
        <translation>삭제한 실행 표시</translation>
    </message>
</context>
<context>
    <name>pare::ScheduleView</name>
    <message>
        <source>Share of the final sparsity</source>
        <translation>최종 희소성에 대한 비율</translation>
    </message>
    <message>
        <source>Replaced modules</source>
        <translation>대체된 모듈</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>비트</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>What becomes stricter over the training</source>
        <translation>학습이 진행되면서 엄격해지는 것</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1: %2 → %3</translation>
    </message>
    <message>
        <source>%1 throughout</source>
        <translation>처음부터 끝까지 %1</translation>
    </message>
    <message>
        <source>%1 from step %2 on</source>
        <translation>%2번째 단계부터 %1</translation>
    </message>
    <message>
        <source>%1 from %2 % of the training on</source>
        <translation>학습의 %2 % 지점부터 %1</translation>
    </message>
</context>
<context>
    <name>pare::SettingEditor</name>
    <message>
        <source>From %1 to %2 %3</source>
        <translation>범위: %1~%2 %3</translation>
    </message>
    <message>
        <source>Default: %1</source>
        <translation>기본값: %1</translation>
    </message>
    <message>
        <source>Takes the place of: %1</source>
        <translation>함께 쓸 수 없는 설정: %1</translation>
    </message>
    <message>
        <source>Only with %1</source>
        <translation>다음과만 함께 사용: %1</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 또는 </translation>
    </message>
    <message>
        <source>not used</source>
        <translation>사용 안 함</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>One scale for each</source>
        <translation>스케일 하나의 단위</translation>
    </message>
    <message>
        <source>Size of a group</source>
        <translation>그룹 크기</translation>
    </message>
    <message>
        <source>Steps around zero</source>
        <translation>0을 중심으로 한 단계</translation>
    </message>
    <message>
        <source>Steps reach to</source>
        <translation>단계의 범위</translation>
    </message>
    <message>
        <source>Largest inputs first</source>
        <translation>큰 입력부터</translation>
    </message>
    <message>
        <source>Share of zeros</source>
        <translation>0의 비율</translation>
    </message>
    <message>
        <source>Pattern, kept : of</source>
        <translation>패턴, 남김 : 전체</translation>
    </message>
    <message>
        <source>Whole blocks of</source>
        <translation>블록 단위</translation>
    </message>
    <message>
        <source>Smallest of</source>
        <translation>가장 작은 것을 찾는 곳</translation>
    </message>
    <message>
        <source>Judged by inputs</source>
        <translation>판단에 쓸 입력</translation>
    </message>
    <message>
        <source>Share kept</source>
        <translation>남길 비율</translation>
    </message>
    <message>
        <source>Energy kept</source>
        <translation>남길 에너지</translation>
    </message>
    <message>
        <source>Largest error</source>
        <translation>최대 오차</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>Judged by</source>
        <translation>판단 기준</translation>
    </message>
    <message>
        <source>Blocks that share</source>
        <translation>공유하는 블록 수</translation>
    </message>
    <message>
        <source>Weights that stay</source>
        <translation>남길 가중치</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>서로 다른 값</translation>
    </message>
    <message>
        <source>matrix</source>
        <translation>행렬</translation>
    </message>
    <message>
        <source>output channel</source>
        <translation>출력 채널</translation>
    </message>
    <message>
        <source>group of weights</source>
        <translation>가중치 그룹</translation>
    </message>
    <message>
        <source>the outermost weights</source>
        <translation>가장 바깥 가중치까지</translation>
    </message>
    <message>
        <source>all but 1 in 1000</source>
        <translation>1000개 중 1개를 뺀 나머지</translation>
    </message>
    <message>
        <source>where the error is least</source>
        <translation>오차가 가장 작은 곳까지</translation>
    </message>
    <message>
        <source>each matrix</source>
        <translation>행렬마다</translation>
    </message>
    <message>
        <source>each row</source>
        <translation>행마다</translation>
    </message>
    <message>
        <source>all chosen layers</source>
        <translation>선택한 모든 레이어</translation>
    </message>
    <message>
        <source>as compressed so far</source>
        <translation>지금까지 압축한 모델의 입력</translation>
    </message>
    <message>
        <source>of the original</source>
        <translation>원본의 입력</translation>
    </message>
    <message>
        <source>size of the weights</source>
        <translation>가중치의 크기</translation>
    </message>
    <message>
        <source>size of what comes out</source>
        <translation>출력의 크기</translation>
    </message>
    <message>
        <source>what the loss loses</source>
        <translation>손실의 변화</translation>
    </message>
    <message>
        <source>gradient of the loss</source>
        <translation>손실의 기울기</translation>
    </message>
    <message>
        <source>In a recipe: %1</source>
        <translation>레시피 표기: %1</translation>
    </message>
</context>
<context>
    <name>pare::SettingsForm</name>
    <message>
        <source>Layers</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Which layers: names with *, or role=query,key, block=0,2-5, stack=encoder, joined by &quot;and&quot;, each with &quot;not&quot; before it</source>
        <translation>적용할 레이어: *를 넣은 이름, 또는 role=query,key, block=0,2-5, stack=encoder를 &quot;and&quot;로 이은 것. 각각 앞에 &quot;not&quot;을 붙일 수 있습니다</translation>
    </message>
    <message>
        <source>The layers selected on the map become the layers of this step</source>
        <translation>맵에서 선택한 레이어를 이 단계의 레이어로 씁니다</translation>
    </message>
    <message>
        <source>Use the selection (%1)</source>
        <translation>선택한 레이어 쓰기(%1)</translation>
    </message>
    <message>
        <source>Use the selection</source>
        <translation>선택한 레이어 쓰기</translation>
    </message>
</context>
<context>
    <name>pare::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>키보드 단축키</translation>
    </message>
    <message>
        <source>Find an action or its keys</source>
        <translation>동작이나 키 찾기</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>동작과 단축키</translation>
    </message>
    <message>
        <source>Use them here</source>
        <translation>여기에 쓰기</translation>
    </message>
    <message>
        <source>The other action has no keys then</source>
        <translation>그러면 다른 동작에는 키가 없어집니다</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>동작</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Keys of: %1</source>
        <translation>%1: 키</translation>
    </message>
    <message>
        <source>Press the new keys here. As it was: %1</source>
        <translation>여기에서 새 키를 누르세요. 처음 키: %1</translation>
    </message>
    <message>
        <source>As it was at first</source>
        <translation>처음 상태로</translation>
    </message>
    <message>
        <source>Every action gets its own keys again</source>
        <translation>모든 동작이 처음 키로 돌아갑니다</translation>
    </message>
    <message>
        <source>%1 belongs to &quot;%2&quot; already.</source>
        <translation>%1: 이미 ‘%2’ 동작의 키입니다.</translation>
    </message>
</context>
<context>
    <name>pare::SpectrumPage</name>
    <message>
        <source>Rank %1 is in the recipe</source>
        <translation>랭크 %1: 레시피에 있음</translation>
    </message>
    <message>
        <source>Use rank %1</source>
        <translation>랭크 %1 쓰기</translation>
    </message>
    <message>
        <source>The matrix becomes a product of two of this rank: a step of the recipe</source>
        <translation>행렬이 이 랭크의 두 행렬 곱이 됩니다. 레시피의 한 단계입니다</translation>
    </message>
</context>
<context>
    <name>pare::SpectrumView</name>
    <message>
        <source>Singular values</source>
        <translation>특잇값</translation>
    </message>
    <message>
        <source>Drag the line to choose how many singular values are kept.</source>
        <translation>선을 끌어 남길 특잇값의 수를 정하세요.</translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>랭크 %1</translation>
    </message>
    <message>
        <source>%1 % of the energy</source>
        <translation>에너지의 %1 %</translation>
    </message>
    <message>
        <source>saves %1</source>
        <translation>%1 줄어듦</translation>
    </message>
    <message>
        <source>takes %1 more</source>
        <translation>%1 늘어남</translation>
    </message>
    <message>
        <source>saves nothing</source>
        <translation>줄어드는 것 없음</translation>
    </message>
    <message>
        <source>The singular values of the selected layer show here.</source>
        <translation>선택한 레이어의 특잇값이 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>singular values kept</source>
        <translation>남긴 특잇값</translation>
    </message>
    <message>
        <source>energy</source>
        <translation>에너지</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>랭크</translation>
    </message>
    <message>
        <source>break-even %1</source>
        <translation>본전 랭크 %1</translation>
    </message>
    <message>
        <source>%1 singular values from %2 to %3. The cut: %4.</source>
        <translation>특잇값 %1개, %2~%3. 자르는 곳: %4.</translation>
    </message>
</context>
<context>
    <name>pare::StartPage</name>
    <message>
        <source>Recent projects</source>
        <translation>최근 프로젝트</translation>
    </message>
    <message>
        <source>What can each layer lose?</source>
        <translation>레이어마다 무엇을 덜어 낼 수 있을까요?</translation>
    </message>
    <message>
        <source>Open a language model, switch compression on layer by layer, and see at once what it costs in bytes, and measured on real text what it costs in accuracy.</source>
        <translation>언어 모델을 열고 레이어마다 압축을 켜 보세요. 바이트가 얼마나 줄어드는지 바로 보이고, 정확도가 얼마나 떨어지는지 실제 텍스트로 측정합니다.</translation>
    </message>
    <message>
        <source>Start the demo</source>
        <translation>데모 시작</translation>
    </message>
    <message>
        <source>A small trained BERT and real text: every recipe is measured here, on this machine.</source>
        <translation>학습된 작은 BERT와 실제 텍스트입니다. 모든 레시피를 이 컴퓨터에서 측정합니다.</translation>
    </message>
    <message>
        <source>Open a model…</source>
        <translation>모델 열기…</translation>
    </message>
    <message>
        <source>Its config.json, or a .safetensors, .gguf or TorchScript file. A folder dropped here opens as well.</source>
        <translation>config.json 또는 .safetensors, .gguf, TorchScript 파일입니다. 폴더를 여기에 끌어다 놓아도 열립니다.</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>프로젝트 열기…</translation>
    </message>
    <message>
        <source>A .pare file: recipes, runs and the way there.</source>
        <translation>.pare 파일: 레시피, 실행, 그동안의 과정이 담겨 있습니다.</translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation>더 이상 없음</translation>
    </message>
    <message>
        <source>Relocate…</source>
        <translation>위치 지정…</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>목록에서 빼기</translation>
    </message>
    <message>
        <source>…or a model&apos;s folder</source>
        <translation>…또는 모델 폴더</translation>
    </message>
    <message>
        <source>A folder with config.json and its weights: from Hugging Face, or exported by Pare</source>
        <translation>config.json과 가중치가 있는 폴더: Hugging Face에서 받았거나 Pare가 내보낸 것</translation>
    </message>
</context>
<context>
    <name>pare::StepCard</name>
    <message>
        <source>Step is on</source>
        <translation>단계 켜짐</translation>
    </message>
    <message>
        <source>on</source>
        <translation>켜짐</translation>
    </message>
    <message>
        <source>off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>Whether this step is done</source>
        <translation>이 단계를 수행할지 여부</translation>
    </message>
</context>
<context>
    <name>pare::StrengthLine</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Strength of all</source>
        <translation>전체 세기</translation>
    </message>
    <message>
        <source>Moves every step that is on between its gentlest and its hardest form: bits, sparsity, what is kept, values of a codebook. Ranks, patterns and counts stay as they are.</source>
        <translation>켜져 있는 모든 단계를 가장 약한 것부터 가장 강한 것까지 함께 움직입니다. 비트, 희소도, 남기는 몫, 코드북의 값 개수가 바뀌고, 랭크와 패턴과 개수는 그대로입니다.</translation>
    </message>
    <message>
        <source>Then those that lose little go further, and the others less far</source>
        <translation>물어보면 잃는 것이 적은 레이어는 더 세게, 나머지는 덜 세게 압축합니다</translation>
    </message>
    <message>
        <source>spread by what each layer loses alone</source>
        <translation>레이어마다 혼자 잃는 만큼 다르게</translation>
    </message>
    <message>
        <source>the same on all layers</source>
        <translation>모든 레이어에 똑같이</translation>
    </message>
    <message>
        <source>Ask the layers</source>
        <translation>레이어에 물어보기</translation>
    </message>
</context>
<context>
    <name>pare::SweepDialog</name>
    <message>
        <source>Copy as command</source>
        <translation>명령으로 복사</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>Sweep a setting</source>
        <translation>설정 훑기</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>The setting of the recipe that varies; all else stays as it is</source>
        <translation>값을 바꿔 볼 레시피의 설정입니다. 나머지는 그대로 둡니다</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Values with commas between them, or a range with its step: 2..8:2</source>
        <translation>쉼표로 나눈 값 또는 간격이 있는 범위: 2..8:2</translation>
    </message>
    <message>
        <source>The command that does the same in a terminal</source>
        <translation>터미널에서 같은 일을 하는 명령</translation>
    </message>
    <message>
        <source>Puts the runs on the list of jobs, one after the other</source>
        <translation>실행을 하나씩 작업 목록에 넣습니다</translation>
    </message>
    <message>
        <source>How long one takes is known after the first.</source>
        <translation>하나에 얼마나 걸리는지는 첫 실행이 끝나면 알 수 있습니다.</translation>
    </message>
    <message>
        <source>About %1 s.</source>
        <translation>약 %1초 걸립니다.</translation>
    </message>
    <message>
        <source>About %1 min.</source>
        <translation>약 %1분 걸립니다.</translation>
    </message>
    <message>
        <source>All of them are measured already.</source>
        <translation>모두 이미 측정했습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n runs to measure.</source>
        <translation>
            <numerusform>측정할 실행 %n개.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are measured already.</source>
        <translation>
            <numerusform>%n개는 이미 측정했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Which values?</source>
        <translation>어떤 값으로 해 볼까요?</translation>
    </message>
    <message>
        <source>Answering all examples alone takes about %1 s.</source>
        <translation>모든 예시에 답하는 데만 약 %1초 걸립니다.</translation>
    </message>
    <message>
        <source>Answering all examples alone takes about %1 min.</source>
        <translation>모든 예시에 답하는 데만 약 %1분 걸립니다.</translation>
    </message>
</context>
<context>
    <name>pare::TaskNotices</name>
    <message>
        <source>%1: failed</source>
        <translation>%1: 실패했습니다</translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation>%1: 완료했습니다</translation>
    </message>
</context>
<context>
    <name>pare::TechniqueChooser</name>
    <message>
        <source>Some techniques look at what their layers are given. They need calibration data: labelled examples, best of those the model was trained on.</source>
        <translation>일부 기법은 레이어의 입력을 살펴봅니다. 이런 기법에는 보정 데이터가 필요합니다. 레이블이 있는 예시이며, 모델의 학습 데이터가 가장 좋습니다.</translation>
    </message>
    <message>
        <source>needs calibration data</source>
        <translation>보정 데이터 필요</translation>
    </message>
    <message>
        <source>No technique is described by these words.</source>
        <translation>이 말로 설명된 기법이 없습니다.</translation>
    </message>
    <message>
        <source>Find a technique</source>
        <translation>기법 찾기</translation>
    </message>
    <message>
        <source>All words must occur; arrows choose, Enter takes the first</source>
        <translation>모든 낱말이 들어 있어야 합니다. 화살표로 고르고 Enter로 첫 항목을 택합니다</translation>
    </message>
    <message>
        <source>Find: name, setting, value or paper</source>
        <translation>찾기: 이름, 설정, 값 또는 논문</translation>
    </message>
</context>
<context>
    <name>pare::TradeoffChart</name>
    <message>
        <source>bars: 95 % intervals</source>
        <translation>막대: 95 % 구간</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>now</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Nothing measured yet. Every run becomes a point here.</source>
        <translation>아직 측정한 것이 없습니다. 실행할 때마다 점이 하나씩 생깁니다.</translation>
    </message>
    <message>
        <source>Size against accuracy</source>
        <translation>크기 대비 정확도</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>실행 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>exported file</source>
        <translation>내보낸 파일</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 (log)</source>
        <translation>%1(로그)</translation>
    </message>
    <message>
        <source>one answer</source>
        <translation>응답 한 건</translation>
    </message>
    <message>
        <source>multiply-adds an answer</source>
        <translation>응답당 곱셈·덧셈</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>파라미터</translation>
    </message>
    <message>
        <source>Selected: %1, %2, %3.</source>
        <translation>선택됨: %1, %2, %3.</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 대 %2</translation>
    </message>
    <message>
        <source>%1 from %2 to %3.</source>
        <translation>%1: %2~%3.</translation>
    </message>
    <message>
        <source>The arrow keys walk through them, Enter takes a recipe back.</source>
        <translation>화살표 키로 옮겨 다니고, Enter로 그 레시피를 되살립니다.</translation>
    </message>
    <message>
        <source>loyalty</source>
        <translation>충실도</translation>
    </message>
    <message>
        <source>probability loyalty</source>
        <translation>확률 충실도</translation>
    </message>
</context>
<context>
    <name>pare::TradeoffPanel</name>
    <message>
        <source>What the horizontal axis shows</source>
        <translation>가로축이 나타내는 값</translation>
    </message>
    <message>
        <source>What the vertical axis shows</source>
        <translation>세로축이 나타내는 값</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>곱셈·덧셈</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>파라미터</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>Logarithmic</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Equal steps are equal ratios</source>
        <translation>같은 간격이 같은 비율을 뜻함</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>How the size is scaled, and which families are on the chart</source>
        <translation>크기 축의 눈금과 차트에 표시할 계열</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Save the chart as PNG, SVG or PDF, or its figures as CSV</source>
        <translation>차트를 PNG, SVG, PDF로, 또는 수치를 CSV로 저장</translation>
    </message>
    <message>
        <source>Nothing measured yet. Every run becomes a point here.</source>
        <translation>아직 측정한 것이 없습니다. 실행할 때마다 점이 하나씩 생깁니다.</translation>
    </message>
    <message>
        <source>Shows or hides %1</source>
        <translation>%1 표시/숨기기</translation>
    </message>
    <message>
        <source>Loyalty</source>
        <translation>충실도</translation>
    </message>
    <message>
        <source>The same answers as the original, % of the examples</source>
        <translation>원본과 같은 응답, 예시 대비 %</translation>
    </message>
    <message>
        <source>Probability loyalty</source>
        <translation>확률 충실도</translation>
    </message>
    <message>
        <source>How near the probabilities are to the original&apos;s; 100 %: the same</source>
        <translation>확률이 원본과 얼마나 가까운지. 100 %면 같습니다</translation>
    </message>
</context>
<context>
    <name>pare::TrainingPanel</name>
    <message>
        <source>Layers</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>가르치기</translation>
    </message>
    <message>
        <source>as the method says</source>
        <translation>방법에 따름</translation>
    </message>
    <message>
        <source>Which layer of the teacher teaches which of the student: a rule, or pairs student:teacher from 0, as in 0:1,1:3</source>
        <translation>교사 모델의 어느 레이어가 학생 모델의 어느 레이어를 가르치는지: 규칙, 또는 0부터 세는 학생:교사 쌍. 예: 0:1,1:3</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Student</source>
        <translation>학생 모델</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Write to</source>
        <translation>쓸 곳</translation>
    </message>
    <message>
        <source>the model itself; or a folder, or a config.json</source>
        <translation>모델 자체, 또는 폴더나 config.json</translation>
    </message>
    <message>
        <source>the model after: %1</source>
        <translation>적용 후의 모델: %1</translation>
    </message>
    <message>
        <source>What is not named keeps its default: %1</source>
        <translation>쓰지 않은 것은 기본값을 따릅니다: %1</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>손실 %1</translation>
    </message>
    <message>
        <source>%1 % right</source>
        <translation>정답 %1 %</translation>
    </message>
    <message>
        <source>Best: %1 after %2 epochs · last: %3, of %4 examples</source>
        <translation>최고: %1 (%2 에포크) · 마지막: %3, 예시 %4개</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>How the student learns from its teacher</source>
        <translation>학생 모델이 교사 모델에게서 배우는 방법</translation>
    </message>
    <message>
        <source>A model folder, or a config.json for one that begins with random weights. Empty: the model after the steps of the recipe.</source>
        <translation>모델 폴더, 또는 무작위 가중치로 시작할 config.json. 비워 두면 레시피 단계를 거친 모델입니다.</translation>
    </message>
    <message>
        <source>Passes over the examples, from 0.5 to 1000</source>
        <translation>예시를 훑는 횟수, 0.5에서 1000까지</translation>
    </message>
    <message>
        <source>The folder that becomes the student</source>
        <translation>학생 모델이 될 폴더</translation>
    </message>
    <message>
        <source>What was learnt is kept, and goes on from there, after a restart too</source>
        <translation>배운 내용은 남고, 다시 시작한 뒤에도 거기서 이어집니다</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>이어서 하기</translation>
    </message>
    <message>
        <source>How %1 was trained</source>
        <translation>학습 과정: %1</translation>
    </message>
    <message>
        <source>of the method</source>
        <translation>방법에 따름</translation>
    </message>
</context>
<context>
    <name>pare::WhatsThis</name>
    <message>
        <source>Help: %1</source>
        <translation>도움말: %1</translation>
    </message>
</context>
<context>
    <name>pare::Words</name>
    <message>
        <source>%1 (%2 … %3)</source>
        <translation>%1(%2~%3)</translation>
    </message>
    <message>
        <source>%1 % (%2)</source>
        <translation>%1 %(%2)</translation>
    </message>
    <message>
        <source>%1 … %2</source>
        <translation>%1~%2</translation>
    </message>
</context>
<context>
    <name>pare::Workspace</name>
    <message>
        <source>Layer map</source>
        <translation>레이어 맵</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>레시피</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>검사기</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>차트</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행 목록</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>예산</translation>
    </message>
    <message>
        <source>Recipe as text</source>
        <translation>레시피 텍스트</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>예시</translation>
    </message>
    <message>
        <source>The student learns, is written to the folder, and measured on the data file beside its teacher</source>
        <translation>학생 모델이 배우고, 폴더에 기록되고, 교사 모델과 나란히 데이터 파일로 측정됩니다</translation>
    </message>
    <message>
        <source>Asks the layers where they were not asked yet, then computes</source>
        <translation>아직 물어보지 않은 레이어에 물어본 뒤 계산합니다</translation>
    </message>
    <message>
        <source>Proved: of %1 options, no choice that fits moves the answers less (value %2, bound %3).</source>
        <translation>증명됨: 선택지 %1개로 이룬 조합 중 조건에 맞으면서 응답을 덜 바꾸는 것이 없습니다(값 %2, 한계 %3).</translation>
    </message>
    <message>
        <source>Of %1 options, no choice that fits moves the answers by more than %2 less (value %3, bound %4).</source>
        <translation>선택지 %1개로 이룬 조합 중 조건에 맞으면서 응답을 %2보다 더 덜 바꾸는 것이 없습니다(값 %3, 한계 %4).</translation>
    </message>
    <message>
        <source>nothing else fits</source>
        <translation>조건에 맞는 다른 것이 없음</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Compare runs</source>
        <translation>실행 비교</translation>
    </message>
    <message>
        <source>Changed answers</source>
        <translation>바뀐 응답</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Running text</source>
        <translation>일반 텍스트</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>개발 데이터</translation>
    </message>
    <message>
        <source>Labelled examples of the task, as TSV, CSV or JSON lines; the same as calibration looks at. A file can be dropped here.</source>
        <translation>태스크의 레이블이 있는 예시(TSV, CSV, JSON lines). 보정이 보는 것과 같습니다. 파일을 여기에 끌어다 놓을 수 있습니다.</translation>
    </message>
    <message>
        <source>Text without labels, a sentence or paragraph a line, for methods that learn a language before the task. A file can be dropped here.</source>
        <translation>레이블이 없는 텍스트로, 한 줄에 문장이나 문단 하나. 태스크보다 언어를 먼저 배우는 방법에 쓰입니다. 파일을 여기에 끌어다 놓을 수 있습니다.</translation>
    </message>
    <message>
        <source>Labelled examples that choose the epoch that is kept, and are neither learnt nor measured on. A file can be dropped here.</source>
        <translation>어느 에포크을 남길지 고르는 레이블 있는 예시로, 학습에도 측정에도 쓰이지 않습니다. 파일을 여기에 끌어다 놓을 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 lines, %2 documents</source>
        <translation>%1줄, 문서 %2개</translation>
    </message>
    <message>
        <source>%1 examples with scores</source>
        <translation>점수가 있는 예시 %1개</translation>
    </message>
    <message>
        <source>%1 examples, %2 labels</source>
        <translation>예시 %1개, 레이블 %2개</translation>
    </message>
    <message>
        <source>%1 examples, %2 of %3 labels</source>
        <translation>예시 %1개, 레이블 %3개 중 %2개</translation>
    </message>
    <message>
        <source>Looking at %1 …</source>
        <translation>살펴보는 중: %1 …</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>사용하지 않음: %1</translation>
    </message>
    <message>
        <source>The student is measured on these too: what was chosen by them looks better there than it is.</source>
        <translation>학생 모델을 측정하는 데이터와 같습니다. 이것으로 고른 결과는 거기에서 실제보다 좋아 보입니다.</translation>
    </message>
    <message>
        <source>Needs a model, examples or text to learn from, a data file to measure on, and a folder to write to</source>
        <translation>모델, 배울 예시나 텍스트, 측정할 데이터 파일, 저장할 폴더가 필요합니다</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>Not known: %1. The model was opened without its weights.</source>
        <translation>알 수 없는 값: %1. 가중치 없이 연 모델입니다.</translation>
    </message>
    <message>
        <source>Not known yet: %1. The weights are being looked at …</source>
        <translation>아직 모르는 값: %1. 가중치를 살펴보고 있습니다…</translation>
    </message>
    <message>
        <source>Not known yet: %1. Asking what single layers can lose tells it (Run › Sensitivity of the layers, Ctrl+Shift+R).</source>
        <translation>아직 모르는 값: %1. 레이어 민감도를 구하면 알 수 있습니다(실행 › 레이어 민감도, Ctrl+Shift+R).</translation>
    </message>
    <message>
        <source>Ask the layers</source>
        <translation>레이어에 묻기</translation>
    </message>
    <message>
        <source>Not known: %1. It is measured on calibration data, which this run did not have; choose some under the recipe and measure again.</source>
        <translation>알 수 없는 값: %1. 보정 데이터로 측정하는 값인데 이 실행에는 보정 데이터가 없었습니다. 레시피 아래에서 보정 데이터를 고르고 다시 측정하세요.</translation>
    </message>
    <message>
        <source>Not known yet: %1. Measuring this recipe tells it (Run › Measure, Ctrl+R).</source>
        <translation>아직 모르는 값: %1. 이 레시피를 측정하면 알 수 있습니다(실행 › 측정, Ctrl+R).</translation>
    </message>
    <message>
        <source>Second chart</source>
        <translation>두 번째 차트</translation>
    </message>
    <message>
        <source>%1 · %2 right, predicted</source>
        <translation>%1 · 정답률 %2, 예측</translation>
    </message>
    <message>
        <source>&amp;Add a technique to the %1 selected layers…</source>
        <translation>선택한 레이어 %1개에 기법 추가(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Add a technique…</source>
        <translation>기법 추가(&amp;A)…</translation>
    </message>
    <message>
        <source>Copy the &amp;name</source>
        <translation>이름 복사(&amp;N)</translation>
    </message>
    <message>
        <source>%1 (switched off)</source>
        <translation>%1(꺼짐)</translation>
    </message>
    <message>
        <source>Acts on this layer or leaves it alone</source>
        <translation>이 레이어에 적용하거나 그대로 둡니다</translation>
    </message>
    <message>
        <source>Select its &amp;block</source>
        <translation>같은 블록 선택(&amp;B)</translation>
    </message>
    <message>
        <source>Select its &amp;role: %1</source>
        <translation>같은 역할 선택(&amp;R): %1</translation>
    </message>
    <message>
        <source>Select those that &amp;share with it</source>
        <translation>함께 공유하는 레이어 선택(&amp;S)</translation>
    </message>
    <message>
        <source>%1, on %2 of %3</source>
        <translation>%1, %3개 중 %2개에</translation>
    </message>
    <message>
        <source>The search waits until what runs has ended.</source>
        <translation>지금 작업이 끝나면 찾기 시작합니다.</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1~%2</translation>
    </message>
</context>
</TS>
