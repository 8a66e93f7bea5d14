"""Names that are one name: short forms, and one name as several languages and registrars write it. Ours, and small.

A name may stand in several groups; names of one line are each other's forms, and not those of a third. Spellings
that sound alike (Aisha, Ayesha) need no group: see ``get_sounds``.

Source: kept by hand, from common knowledge. The English names are those most given in England and Wales (Office for
National Statistics, Baby names) with the short forms in use in Lancashire; the others are the names of families from
Pakistan, India, Bangladesh, Poland, Romania, Ireland, Nigeria and Ghana, as registrars write them. To add a name is to
add it here.
"""

NAME_GROUPS = """
mohammed muhammad mohamed mohammad mohamad muhammed mohd muhd md mo mehmet
ahmed ahmad ahmet
fatima fatimah fatma fatoumata
aisha ayesha aysha aicha
abdul abdool abdel abd
abdulrahman abdurrahman abdurrehman abdelrahman
hussain hussein husayn hossain hossein
yusuf yousef yousuf youssef joseph jozef joe joey jozef
ibrahim ebrahim abraham
ismail ismael esmail
maryam mariam miriam mary maria marie molly marysia mia
musa moses mousa
yaqub yakub yaqoob jacob jakub kuba jake
khadija khadijah hadija khadeeja
zainab zaynab zeynep zeinab
begum begam
bibi bebe
elizabeth elisabeth liz lizzie beth betty eliza elsie elzbieta ela bessie libby
katherine catherine kathryn katharine kate katie kathy cathy katarzyna kasia kat katy
margaret maggie meg peggy malgorzata gosia malgosia greta
alexander alex aleksander sandy sasha alexandra aleksandra ola olek xander
william will bill billy liam
robert rob bob bobby bert
richard rick dick ricky richie
james jim jimmy jamie
john jon jack johnny jan johan ian sean shaun
michael mike mick mikey michal
christopher chris kristofer krzysztof krzys kris
thomas tom tommy tomasz tomek
andrew andy drew andrzej
anthony tony antoni
daniel dan danny
david dave dafydd dawid
edward ed ted eddie teddy
charles charlie chuck karol
george jerzy jurek
peter pete piotr piotrek
paul pawel
stephen steven steve stefan
matthew matt mateusz mateo
nicholas nick nicky mikolaj nicolas
gregory greg grzegorz
adalbert wojciech wojtek voytek
stanislaw stan staszek
patrick pat paddy padraig patryk
samuel sam sammy samantha
benjamin ben benny
joshua josh
jonathan jon jonny
rebecca becky bex becca
jennifer jen jenny
jessica jess jessie
victoria vicky tori wiktoria
susan sue suzanne zuzanna zuza
patricia pat trish tricia
deborah debbie deb
christine chrissy tina krystyna christina
amanda mandy
abigail abby gail
anna ann anne anya ania hannah hanna
agnieszka agnes aga
joanna joanne jo asia
magdalena magda maddie madeleine
barbara basia babs
natalia natalie natasha
isabella isabel bella izabela iza
siobhan shivaun shavon chevonne
niamh neve nieve
caoimhe keeva kweeva
aoife eefa
oisin osheen usheen
saoirse seersha sersha
eoghan owen eoin euan ewan
ciaran kieran keiran
grainne grania gronya
oliver olly ollie noll
olivia olly ollie livvy liv oliwia ola oliwka
harry henry harold harrison hal henryk
alfie alfred alf fred freddie
archie archibald
frederick freddie freddy fred fredrick
arthur art artie
theodore theo teddy ted
leonard leo lenny len
reginald reggie reg
ronald ronnie ron
veronica ronnie vera weronika wera
albert albie bertie bert al
rupert bertie
augustus angus gus
finley finn finlay fin
nathaniel nathan nate nat
zachary zak zac zack zach zachariah zakariya zakaria zakariyya
lewis louis lou louie ludwik
vincent vinnie vince
francis frank frankie franek franciszek
frances fran frankie franny
leslie les
terence terry
geoffrey jeff geoff jeffrey
kenneth ken kenny
philip phil pip filip philippe
philippa pippa pip
simon si szymon
timothy tim timmy
martin marty marcin
mark marcus marek marc
lucas luke lukasz luca lukas
evie eve evelyn eva evangeline ewa ava
emily millie milly em emmie emilia
amelia millie milly amy mia emilia
camilla millie milly
mildred millie milly
matilda tilly tillie mattie maude
charlotte lottie charlie lotte charley
eleanor ellie nell nellie nora elena ella
ellen ellie nell nellie helen elena
ella ellie
isabella isobel isabelle izzy issy belle
arabella bella belle
annabel annabelle bella belle
harriet hattie hetty harriett
henrietta hattie hetty etta
florence flo florrie flossie
dorothy dot dottie dolly dorota
edith edie
grace gracie
rose rosie rosemary rosalind
sophie sophia sofia zofia zosia soph
sarah sally sadie sal sara
penelope penny
theresa tess tessa terry teresa
imogen immy
georgia georgie georgina gina
gemma jem jemma
josephine jo josie
louise lou
lucy lucie lucja lucia lucinda
margaret maisie mairead margie rita daisy
megan meg
molly mollie
pamela pam
stephanie steph stefania stefi
tabitha tabby
winifred win winnie freda
yvonne evie
umar omar umer
uthman usman osman
dawud dawood daud david
sulaiman suleman suleiman sulayman solomon
isa eesa issa essa
idris idrees
ilyas elias ilias
ayyub ayub ayoub
nuh nooh noah
harun haroon haroun aaron
adam aadam
yahya yahia
hamza hamzah
hafsa hafsah hafza
ruqayyah ruqaya ruqaiyah rukhaya rukaiya
safiyyah safiya safia
amina aminah aamina ameena aminata
sakina sakinah
khalid khaled
tariq tarek
saeed said sayeed
syed sayed sayyid sayyed
chaudhry choudhury chowdhury chaudhary choudhry choudhary chaudhri
qureshi kureshi quraishi
shaikh sheikh shaykh shekh
mian miah miya
uddin udin
rahman rehman
akhtar akther akhter aktar
begum begom
zuzanna zuzia zuzka
julia julka julita juliana
maja maya maia
lena magdalena helena
antoni antek antos
maciej maciek matthias
tadeusz tadek
zbigniew zbyszek
kacper casper kasper
jadwiga jadzia
monika monica
agnieszka agnieska
ioan ion ionut ionel
gheorghe george gigi
mihai mihail misu
andrei andrew andreas
alexandru alexandra alex sandu
nicolae nicolas nicu nicholas
constantin costel costi
elena ilinca lenuta helen
ioana joanna oana
cristina christina cristi
gabriel gabriela gabi gabriele
stefania stephanie stefi
mariana marioara maria
seamus james shamus
conor connor
cillian killian
oran odhran
roisin rosheen
sinead shinade
aisling ashling aislinn
mairead margaret
cathal cahal
diarmuid dermot
ruairi rory ruaidhri ruaraidh
eimear emer eimhear
fionnuala finola nuala
meadhbh maeve medb meabh
donnacha donagh donncha
padraig patrick paddy
oluwaseun seun oluseun
oluwaseyi seyi oluseyi
oluwatobi tobi tobiloba oluwatobiloba
oluwafemi femi olufemi
oluwakemi kemi olukemi
oluwatosin tosin
oluwadamilola damilola dami lola
oluwatoyin toyin
oluwasegun segun olusegun
olumide mide
olajide jide babajide
babatunde tunde akintunde
babatope temitope tope
ayodele ayo dele
ayomide ayo
adebayo bayo
adewale wale olawale
folasade sade folashade
folake folakemi
abimbola bimbo bola
ifeoluwa ife
titilayo titi
chukwuemeka emeka
chukwudi chudi
chukwuebuka ebuka
ikechukwu ike
kenechukwu kene
obinna obi
onyekachi kachi
ngozi ngozichukwu
chidinma dinma
chioma chi
uchenna uche
nnamdi namdi
kwame kwami
kwasi akwasi kwesi
kwabena kobina kobena
kwaku kweku
kwadwo kojo kodjo
yaw yao
akosua esi akosiwa
adwoa adjoa
abena abenaa araba
akua ekua
afua efua afia
francesca frances fran frankie
isabelle isabel bella belle
abigail abi abbie abby
gabriel gabe
gabriella gabrielle gabby gabbi
alexandra lexi lexie
tobias toby
leonardo leo
leonard leo lenny
beatrice bea
emily emmy
natasha tash
catherine katherine kathryn kitty
kimberley kimberly kim
jacqueline jackie jacqui
cameron cam
callum calum cal
mateusz mati
mihai michael
temitope temi
olamide ola
chinonso nonso
lawrence laurence larry laurie
elizabeth lilly lily
lillian lilian lily lilly
mary polly
ann anne nancy
maximilian max
maxwell max
maxine max
dominic dom
gerard gerry
gerald gerry
raymond ray
stanley stan
wilfred wilf
ernest ernie
edmund ned
edward ned
jonathan johnny jon
nicola nikki nicky
nicole nikki nicky
angela angie
katrina kat
melissa mel
melanie mel
valerie val
bridget brigid bridie
robert bertie
sebastian seb bastian
barnaby barney barnabas
montgomery monty monte
clementine clemmie clem clemency
florence flora florrie
euphemia effie phemie
wilhelmina minnie mina billie
constance connie
cordelia delia dilly
theodora dora thea
dorothea dora thea
mary mollie
douglas dougie doug
christopher kit
tatiana tia tania tanya
christiana tia
zakary zac zak zach zachary zakariya zaky
apolonia pola
antonina tosia tonia
gabriela gabrysia
stanislaw stas
jan jas
jadwiga iga
bartlomiej bartek bartholomew bart
bartosz bartek bart
grzegorz grzesiek
lech leszek
slawomir slawek
miroslaw mirek
radoslaw radek
przemyslaw przemek
dariusz darek
roman romek
renata renia
beata beatrice
vasile vasilica
pavel paul
vladimir vlad
daniel danut
ecaterina catinca katherine catherine catalina
nicoleta nico
jibreel gabriel jibril
muadh muaz moaz
ramadan ramzan
fadl fazal fazl
alia aliyah aaliyah aleeya aliya
dearbhla dervla
orlaith orla
aoibhinn aveen
eabha ava
fiadh fia
daithi david
peadar peter
eamon eamonn edmund edward
siobhan shevaun
caoimhe kiva
maebh maeve
gearoid gerard
padraig paudie
chidiebere chidi
chinedu nedu
uchechukwu uche
chiamaka amaka
nkechinyere nkechi
kwabena kobby
afolabi labi
fatoumata fatou fatima
mamadou mohammed muhammad
""".strip().splitlines()


def _build_variants() -> dict[str, frozenset[str]]:
    found = {}
    for group in NAME_GROUPS:
        names = group.split()
        for name in names:
            found.setdefault(name, set()).update(each for each in names if each != name)
    return {name: frozenset(others) for name, others in found.items()}


NAME_VARIANTS = _build_variants()
