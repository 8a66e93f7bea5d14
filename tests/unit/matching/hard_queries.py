"""Two hundred things somebody might type, each under the made-up family that is meant.

A family's line: carer's given name | family name | born | phone | postcode | baby's given name | family name | born,
or "due" and the day. Below it what is typed; {nhs} and {ref} stand for the baby's NHS number and reference.
"""

QUERIES_BY_FAMILY = """
Małgorzata|Wiśniewska|1991-04-12|07700900101|ZQ2 1AB|Zofia|Wiśniewska|2026-03-08
  malgorzata wisniewska
  Wisniewska Malgorzata
  gosia wisniewska
  Malgosia Vishnevska
  zofia wisnewska
Wojciech|Wójcik|1988-11-30|07700900102|ZQ2 1AD|Łukasz|Wójcik|2026-05-19
  wojcik wojciech
  Voytek Wojcik
  lukasz woycik
  lukas wojick
  Łukasz Wojcik
Krzysztof|Szymański|1990-01-05|07700900103|ZQ2 1AE|Kasia|Szymańska|2026-01-14
  krzysztof szymanski
  chris szymanski
  Shimanski Kasia
  szymansky krzystof
Agnieszka|Brzęczyszczykiewicz|1993-07-21|07700900104|ZQ2 1AF|Jakub|Brzęczyszczykiewicz|2026-02-02
  Brzeczyszczykiewicz
  brzeczyszczkiewicz jakub
  bzenczyszczykiewicz
  agneshka brzenczyszczykiewicz
Żaneta|Czarnecka|1996-09-09|07700900105|ZQ2 1AG|Ola|Czarnecka|2026-06-06
  zaneta czarnecka
  charnecka zaneta
  czarnecka ola
  Zanetta Tcharnecka
Joanna|Lewandowska-Price|1989-12-01|07700900106|ZQ2 1AH|Ignacy|Lewandowski|2026-04-04
  lewandowska price
  price joanna lewandowska
  ignacy levandovski
  lewandowska-price
Muhammad|Choudhury|1985-02-17|07700900107|ZQ2 1AJ|Ayesha|Choudhury|2026-03-30
  mohammed chowdhury 30/3/2026
  mohd choudhury
  aisha chaudhry 30 mar 2026
  choudry muhammed
  Md. Chaudhury 30.3.26
Abdul|Rahman|1987-06-24|07700900108|ZQ2 1AL|Yusuf|Abdul-Rahman|2026-05-05
  abdulrahman
  abdul rehman yousef
  yusuf abdur rahman
  Abdurrahman Yousuf
Khadijah|Begum-Mirza|1994-03-03|07700900109|ZQ2 1AN|Ibraheem|Mirza|2026-01-31
  khadija mirza
  hadija begum mirza
  ebrahim mirza
  khadeeja begam mirza
Zaynab|Al-Hashimi|1992-10-10|07700900110|ZQ2 1AP|Maryam|Al-Hashimi|2026-02-20
  zainab alhashimi
  Zeinab Al Hashimi
  mariam al-hashemi
  hashimi zaynab
Hussein|Qureshi|1990-08-15|07700900111|ZQ2 1AQ|Faatimah|Qureshi|2026-04-22
  hussain kureshi
  husayn qureshi
  fatima quraishi
  Qurayshi Fatimah
Nasreen|Sheikh|1995-05-28|07700900112|ZQ2 1AR|Eesa|Sheikh|2026-06-11
  nasrin shaikh
  nasreen shaykh
  essa sheikh
  sheik nasreen
Siobhán|O’Shaughnessy|1991-02-09|07700900113|ZQ2 1AS|Caoimhe|O’Shaughnessy|2026-03-17
  shivaun oshaughnessy
  O Shaughnessy siobhan
  keeva o'shaugnessy
  shaughnessy siobhan
  Siobhan O'Shaughnesy
Aoife|Mac Giolla|1994-11-11|07700900114|ZQ2 1AT|Oisín|Mac Giolla|2026-05-25
  aoife macgiolla
  eefa mac giolla
  oisin mcgiolla
  osheen macgiola
Gráinne|Ní Dhomhnaill|1990-07-07|07700900115|ZQ2 1AU|Tadhg|Ní Dhomhnaill|2026-02-14
  grainne ni dhomhnaill
  grania domhnaill
  tadgh dhomhnaill
  Dhomnaill Grainne
Siân|Llewelyn|1986-03-01|07700900116|ZQ2 1AW|Gwenllïan|Llewelyn|2026-01-02
  sian llewellyn
  lewellyn sian
  gwenllian llewelin
  Shan Llewelyn
Zoë|Featherstonehaugh|1997-08-08|07700900117|ZQ2 1AX|Chloë|Featherstonehaugh|2026-06-18
  zoe featherstonehaugh
  featherstonhaugh chloe
  zoey fetherstonehaugh
  featherstone zoe
François|Lefèvre|1984-04-19|07700900118|ZQ2 1AY|Amélie|Lefèvre|2026-04-09
  francois lefevre
  lefevre amelie
  fransois lefebre
  Lefevbre Amelie
Jürgen|Müller-Weiß|1983-12-24|07700900119|ZQ2 1AZ|Björn|Müller-Weiß|2026-02-28
  jurgen muller weiss
  muller-weiss bjorn
  weiss muller
  juergen mueller weiss
Søren|Ångström|1982-10-02|07700900120|ZQ2 1BA|Åse|Ångström|2026-03-03
  soren angstrom
  angstrom ase
  sorin angstrom
  Angstrum Soren
İpek|Çağlar|1995-01-16|07700900121|ZQ2 1BB|Ömer|Çağlar|2026-05-01
  ipek caglar
  omer caglar
  chaglar ipek
  caglar omar
Nguyễn|Thị Hường|1993-06-13|07700900122|ZQ2 1BD|Minh|Nguyễn|2026-04-30
  nguyen thi huong
  huong nguyen
  nguyn minh
  minh nguyen huong
Oluwaseun|Adébáyò|1988-09-22|07700900123|ZQ2 1BE|Temitope|Adébáyò|2026-06-01
  oluwaseun adebayo
  adebayo temitope
  oluwasuen adebayor
  temi adebayo
Chukwuemeka|Nwachukwu|1986-05-31|07700900124|ZQ2 1BF|Adaeze|Nwachukwu|2026-01-20
  chukwuemeka nwachukwu
  nwachuku adaeze
  chukwemeka nwachukwu
  adaeze nwachukwoo
Thandiwe|Ndlovu|1992-12-12|07700900125|ZQ2 1BG|Sipho|Ndlovu|2026-02-09
  thandi ndlovu
  tandiwe ndhlovu
  sipho ndlovo
  ndlovu thandiwe
Priyanka|Venkataraman|1990-10-26|07700900126|ZQ2 1BH|Arjun|Venkataraman|2026-03-21
  priyanka venkatraman
  arjun venkataramen
  venkat priyanka
  prianka venkataraman
Simran|Kaur-Dhillon|1994-02-22|07700900127|ZQ2 1BJ|Harleen|Dhillon|2026-05-14
  simran dhillon
  kaur dhillon simran
  harlin dillon
  simran kaur dhilon
Xiaoming|Zhang|1991-09-17|07700900128|ZQ2 1BL|Mei|Zhang|2026-04-16
  zhang xiaoming
  xiao ming zhang
  xiaomin zhang
  mei zhang xiaoming
Elizabeth|Thistlethwaite|1987-01-29|07700900129|ZQ2 1BN|Hubert|Thistlethwaite|2026-06-23
  liz thistlethwaite
  beth thistlewaite
  thistlethwait hubert
  lizzie thisslethwaite
Katherine|Smythe-Jones|1993-03-15|07700900130|ZQ2 1BP|Alexander|Smythe-Jones|2026-02-11
  kate smythe jones
  katie smythe-jones
  smythjones katherine
  alex smythe jones
William|Entwhistle|1985-07-04|07700900131|ZQ2 1BQ|Peggy|Entwhistle|2026-01-09
  bill entwistle
  entwissle william
  margaret entwhistle
  billy entwisle
Philippa|Cholmondeley|1996-06-30|07700900132|ZQ2 1BR|Tarquin|Cholmondeley|2026-03-27
  philippa cholmondley
  pippa cholmondeley
  cholmondely tarquin
  filipa cholmondeley
Emily|Smith|1998-01-02|07700900133|ZQ2 1BS|Archie|Smith|2026-04-27
  emily smith 27/4/2026
  archie smith 27 Apr 2026
  smtih emily 2/1/1998
  smith ZQ2 1BS
  e smith 07700 900133
Emma|Jones|1999-10-19|07700900134|ZQ2 1BT|Noah|Williams|2026-05-08
  jones noah 8/5/2026
  emma jones williams
  williams 2026-05-08
  noah wiliams 8th May 2026
Mohammed|Khan|1990-03-20|07700900135|ZQ2 1BU|Adam|Khan|2026-06-15
  khan 15/6/26
  mohamed khan 07700900135
  khan adam 15.06.2026
  muhammad kahn 20/3/1990
Sara|Ahmed|1997-04-01|07700900136|ZQ2 1BW|Idris|Ahmed|2026-02-25
  sarah ahmad 25/2/2026
  ahmed 01/04/1997
  idris ahmet 25 february 2026
  sara ahmed zq21bw
Chloe|Taylor|2000-05-05|07700900137|ZQ2 1BX||Taylor|due 2027-02-18
  taylor 18/2/2027
  chloe tailor due 18 Feb 2027
  baby taylor 18/02/27
  taylor chloe 5/5/2000
Kayleigh|Brown|2001-08-27|07700900138|ZQ2 1BY|Lee|Brown|2026-03-12
  bronw kayleigh
  kayley brown 12/3/2026
  brown leigh 12 mar 2026
  kaylee browne 27/8/2001
Ann|Lee|1995-12-31|07700900139|ZQ2 1BZ|Jo|Lee|2026-01-25
  lee 25/1/2026
  anne lee 31/12/1995
  leigh jo 25 Jan 2026
  ann lee 900139
Oyinkansola|Bamgboshe|1989-08-19|07700900140|ZQ2 1DA|Tọ́pẹ́|Bamgboshe|2026-05-29
  {nhs}
  +44 7700 900140
  oyinkan bamgboshe
  topey bamgbose
Dragana|Đorđević|1992-04-24|07700900141|ZQ2 1DB|Miloš|Đorđević|2026-06-27
  dragana dordevic
  djordjevic dragana
  {ref}
  milosh dordevich
Ioana|Ștefănescu|1994-09-30|07700900142|ZQ2 1DD|Andrei|Ștefănescu|2026-02-05
  ioana stefanescu
  stephanescu andrei
  07700 900 142
  stefanesku joana
Katarína|Hlaváčková|1991-11-03|07700900143|ZQ2 1DE|Matúš|Hlaváček|2026-03-24
  katarina hlavackova
  hlavachkova
  hlavacek matus
  ZQ21DE
Eirwen|ap Gwilym|1987-10-13|07700900144|ZQ2 1DF|Iestyn|ap Gwilym|2026-04-13
  eirwen gwilym
  ap gwillim iestyn
  13/04/2026 gwilym
  Gwylim Eirwen
D'Arcy|Fitzwilliam-Hughes|1986-02-15|07700900145|ZQ2 1DG|Hal|Fitzwilliam-Hughes|2026-06-09
  darcy fitzwilliam
  d'arcy hughes
  fitzwiliam huges
  hal fitz william hughes
  mr darcy fitzwilliam-hughes
Mary-Jane|St John|1990-06-16|07700900146|ZQ2 1DH|Rhys|St John|2026-01-17
  maryjane st john
  mary jane stjohn
  st. john rhys
  reece st john 17/1/26
Ottoline|Abernathy|1992-08-03|07700900147|ZQ2 1DJ|Phoebe|Abernathy|2026-05-11
  abernethy ottoline
  ottolin abernathy
  feebee abernathy
  phebe abernathy 11 May 2026
  abernathy family
Fatoumata|Diallo|1994-12-08|07700900148|ZQ2 1DL|Mamadou|Diallo|2026-02-17
  fatima diallo
  dialo mamadou
  jallow fatoumata 17/2/2026
  diallo 08/12/1994
Yevhenia|Shevchenko|1991-05-06|07700900149|ZQ2 1DN|Oleksandr|Shevchenko|2026-04-06
  evgenia shevchenko
  schewtschenko yevhenia
  shevchenko alexander
  chevchenko oleksandr
  6.4.2026 shevchenko
Mary Jane|Ainscough|1990-02-11|07700900150|ZQ2 1DP|Lee-Anne|Ainscough|2026-05-20
  maryjane ainscough
  leeanne ainscough
  MaryJane
  ainscough mary jane
Esperanza|de la Cruz|1992-09-30|07700900151|ZQ2 1DQ|Santiago|de la Cruz|2026-03-29
  delacruz
  esperanza delacruz
  santiago de lacruz
  Dela Cruz
  delacruz santiago
Annamarie|Vanderberg|1989-11-02|07700900152|ZQ2 1DR|Maxine|Vanderberg|2026-01-09
  anna marie van der berg
  van der berg maxine
  anna-marie vanderberg
  Van Derberg Annamarie
""".strip()


def list_families_and_queries():
    """[(the family's cells, [what is typed])]."""
    found = []
    for line in QUERIES_BY_FAMILY.splitlines():
        if line.startswith("  "):
            found[-1][1].append(line.strip())
        else:
            found.append((line.split("|"), []))
    return found
