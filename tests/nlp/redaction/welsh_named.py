"""Comments in Welsh that name someone, each name between « and »: those the rules were tuned on, others kept apart."""

TUNED = """
Diolch i «Gareth» am ei help.
Roedd «Siân» yn wych, ond mae parcio yn ddrud.
Mae «Angharad» yn y dderbynfa yn haeddu codiad cyflog.
Siaradais â «Llinos ap Rhys» ac roedd hi'n barod iawn i helpu.
Roedd Mrs «Davies» yn amyneddgar iawn gyda mam.
Bu «Mohammed» yn gymorth mawr i mi.
«Mae Jones» oedd ar y ffôn, clên iawn.
Fy enw i yw «Gwion Pritchard» a dw i eisiau ateb.
fy enw i ydi «guto ellis» a dwi dal i aros
Diolch yn fawr iawn i «Nia» a'r tîm.
diolch i «angharad» am y cymorth
diolch i «gwenllian» a «rhys»
Siarades i â «Xiulan» ddoe.
siaradais efo «eleri» ar y ffon
Cefais gymorth gan «Agnieszka Nowak» yn y llyfrgell.
Cefais sgwrs hir gyda «Priya» o'r tîm tai.
Roedd Mr «Thomas» yn swta ac yn ddigywilydd.
Dywedodd Dr «Oluwaseun» fod popeth yn barod.
Gwnaeth «Catrin» bopeth o fewn ei gallu.
Helpodd «Tomos» fi i lenwi'r ffurflen.
Atebodd «Ifeyinwa» y ffôn yn syth.
Mae «Nia»'n seren!
Roedd «Beca»'n hyfryd gyda'r plant.
Swyddog o'r enw «Macsen» ddaeth i'r tŷ.
Bachgen o'r enw «Zbyszko» oedd wrth y ddesg.
Mae fy mab «Osian» yn awtistig.
Mae fy merch, «Mabli», yn aros am le mewn ysgol.
Bu farw fy ngŵr «Emyr» ym mis Mai.
Ar ran «Eluned Wyn Parry», fy mam.
Cofion, «Meleri»
Yn gywir, «Dafydd Llewelyn»
Rhowch godiad cyflog i «Seren»!
Diolch «Beth», ti werth y byd.
Roedd «Dan» o'r adran finiau yn help mawr.
Siaradais â «Mai» yn y swyddfa yng Nghaerdydd.
Diolch i «Haf» am ateb mor sydyn.
Ydy «Heulwen» yn dal i weithio yno?
«Gwenno» oedd y gorau ohonyn nhw i gyd.
«Sioned» wnaeth fy helpu.
«Rhodri» a «Carys» yn gwrtais iawn.
Y Cynghorydd «Hefin Morris» sydd ar fai.
Ysgrifennodd Cyng. «Prydderch» lythyr ataf.
Mae'r Parch. «Eurof Rees» wedi cwyno hefyd.
Gyrrodd «Steffan» y bws yn rhy gyflym.
Dim ond «Lleucu» oedd yn deall y broblem.
Wnaeth «Fatima» wrando arna i am awr.
roedd «mohammed» yn ffantastig
oedd «sian» yn lyfli chwarae teg
Gofynnwch am «Ffion», hi ydi'r gorau.
Cymydog i mi, «Ieuan Vaughan», sy'n gwneud y sŵn.
Mae fy nghymydog «Bogdan» yn llosgi sbwriel.
Mae fy ngwraig «Rhiannon» yn anabl.
Thanks to «Bethan», roedd hi'n brilliant.
Spoke to «Aled» yn y contact centre, grêt.
Galwad gan «Iestyn» am naw y bore, dim ateb wedyn.
Aeth «Marged» allan o'i ffordd i helpu.
Daeth «Wojciech» i drwsio'r boeler.
Gyda «Delyth» wrth y llyw mae popeth yn rhedeg yn dda.
Rwy'n ddiolchgar iawn i «Menna» am ei hamynedd.
Hoffwn ganmol «Lowri» yn yr adran gynllunio.
Clod i «Arwel» a'i griw.
Mae «Non» a «Mared» yn werth y byd.
Cwrddais â Ms «Adeyemi» ym Mangor.
Gwrthododd «Kowalski» fy nghais.
DIOLCH I «SIONED» AM EI HELP
Mae hi, «Llio», yn gwybod popeth.
Cafodd fy mam, «Morfudd Jones», ei hanwybyddu.
Pan ffoniais eto «Geraint» atebodd.
Yr un hen stori gan «Huw».
Diolch Mrs «Bowen» a Mr «Price».
Hefyd diolch arbennig i «Caryl Haf».
Oni bai am «Sulwen» byddwn i'n dal i aros.
Ges i lot o help gan «Dewi» yn Nolgellau.
nath «geraint» sortio popeth mewn deg munud
Roedd y swyddog tai, «Rhodri Meilir», yn anobeithiol.
«Cerys» yn dderbynnydd arbennig o dda.
Diolch o waelod calon i «Tegwen Puw».
Cysylltais â «Mererid» sawl gwaith heb lwc.
Gofynnais i «Harri» ffonio'n ôl a wnaeth o ddim.
Rhoddodd «Nansi» bob cymorth i ni.
Ffoniodd «Tudur» fi'n ôl o fewn yr awr.
Rhowch wybod i «Eirlys» fod y gwres yn gweithio.
«Gethin» druan, mae gormod o waith arno.
Mam: «Gwyneth Ellis», 91 oed, heb ofal ers wythnos.
Llofnod: «Trystan Beynon»
Cofion gorau, «Efa Gruffudd»
Mae «Alun Wyn» wedi ymddeol a neb wedi cymryd ei le.
Ddaru «Idwal» ddim gwrando o gwbl.
Ma' «Lisa» yn briliant, diolch.
O'n i'n siarad da «Derec» am y bins.
Cafodd «Mihangel» ei wrthod gan yr ysgol.
Dyw «Sharon» ddim yn deall Cymraeg.
Does neb fel «Anwen» yn y lle.
Rwy'n cwyno am «Gerwyn Tibbott».
Ysgrifennais at Mr «Ceiriog Lloyd» fis yn ôl.
Atebodd rhyw «Darren» y ffôn, anfoesgar.
Da iawn «Elin»!
Diolch «Mari» a «Sam».
Gwych «Rhian», diolch o galon!
Roedd «Ahmed» a «Yusuf» yn gweithio'n galed ar y bins.
Plis diolchwch i «Oluwatobi» ar fy rhan.
Aethon ni i weld Mrs «Fychan» yn y swyddfa.
Does gan «Llew» ddim clem.
Mae Ms «Szymańska» yn haeddu clod.
Gweithiwr cymdeithasol fy mam yw «Teleri Haf».
Y person gorau yno ydi «Bleddyn».
enw fy mab yw «iwan» ac mae o angen cludiant
Lle mae «Caradog»? Neb yn gwybod.
Ai «Wil» neu «Twm» sy'n gyfrifol?
Mr «Bevan» a'i staff yn wych.
Trist clywed bod «Nerys» yn gadael.
Ffoniodd merch o'r enw «Elliw» fi'n ôl yn syth.
Allwch chi ddiolch i «Rhydian» ar fy rhan i?
Mrs «Prydderch», y brifathrawes, oedd y gorau.
Roedd «Myrddin» wrth y cownter yn llawn hwyl.
Heb «Gwerfyl» byddwn i ar goll.
Doedd «Bryn» ddim yn gwybod lle i droi.
Bob tro mae «Sandra» yn ateb dwi'n gwybod y bydd popeth yn iawn.
«Tesni» ydi'r un i siarad efo hi.
Gofynnwyd i mi siarad efo «Tomasz», ond roedd o ar wyliau.
Anfonodd «Morwenna Jenkins» y ffurflen anghywir ata i.
Ydi «Glyn Hopkin» yn dal yn gynghorydd?
Mae Mr «Abdi» yn haeddu medal.
Ces wybod gan «Lleuwen» fod yr arian ar ei ffordd.
Diolch, «Carwyn»!
Diolch yn arbennig i «Siwan», «Heulwen» a «Gwyn».
diolch i «megan» am fod mor amyneddgar
diolch i «lleucu fflur» yn y swyddfa dai
siaradais gyda «ifan» wythnos diwethaf
nes i siarad efo «chioma» a odd hi'n lyfli
fy enw i yw «dylan rees» ac rwyf wedi ysgrifennu tair gwaith
Fy enw yw «Nkechi Obi».
Enw fy merch yw «Alaw».
Mae gen i fab, «Deiniol», sydd ag anghenion arbennig.
Bu farw fy mam, «Blodwen», ac rydych yn dal i anfon biliau.
Fy ngŵr «Haydn» sy'n gofalu amdanaf.
Mae fy nghymdoges, Mrs «Kaczmarek», yn unig iawn.
Mae ci Mr «Tudor» yn cyfarth ddydd a nos.
Ar ran fy nhad, «Hefin Wyn Roberts».
Yr eiddoch yn gywir, «Llinos Haf Morgan»
Cofion cynnes, «Rhun»
Hwyl, «Branwen»
«Ann», diolch i ti am bopeth.
Y wraig y siaradais â hi oedd «Jean».
Cynigiodd «Owain» ddod draw y diwrnod wedyn.
Gwrandawodd «Nimco» yn astud ar fy stori.
Dangosodd «Peredur» i mi sut i lenwi'r ffurflen.
Chwarddodd «Keith» am fy mhen i.
Addawodd Ms «Vaughan-Thomas» ffonio, ond wnaeth hi ddim.
Galwodd Dr «Meilyr» yn y tŷ.
Dw i wedi e-bostio «Eurgain» ddwywaith.
Ddaeth «Wyn» i drwsio'r tap, dim lol.
Pwy ydi'r «Gavin» 'ma sy'n meddwl ei fod o'n gwybod popeth?
Dim syniad gan «Tracey», ond roedd hi'n glên.
«Elan» a'i chydweithwyr: gwych.
«Dilwyn» wnaeth sortio'r bin i ni.
Oedd «Parveen» yn amazing, helpodd hi lot efo'r benefits.
Thanks i «Catrin» yn housing, seren!
Spoke to «Rhys» ond doedd o ddim yn siŵr.
Big diolch i «Jac» a'r bois.
Roedd «Mae» ar y ddesg yn hynod o garedig.
Ces sgwrs â «Mai» am y cais.
Mae «Haf» wastad yn gwenu.
Cefais gyfarfod gyda «Beth Wyn» o'r tîm cynllunio.
Gofynnais am «Dan» ond doedd o ddim ar gael.
Roedd «Enfys» yn y llyfrgell yn barod ei chymwynas.
Diolch i «Celyn» am y tacsi.
Y Cynghorydd «Seimon Glyn» yw'r unig un sy'n malio.
Cwynais wrth y Cynghorydd «Iorwerth» heb ateb.
Addysgwyd fy mhlant gan Mr «Siôn Ifan».
ROEDD «GWENFAIR» YN ARDDERCHOG
DIM DIOLCH I «STEPHEN»
Gwelodd «Xin Yi» fod rhywbeth o'i le.
Codwyd fy nghalon gan «Fflur» a «Gwydion».
Rhoddodd y swyddog, «Zeynep», ei hamser i ni.
Byddai «Mared Eluned» yn gwneud rheolwr da.
Mae'n bryd i «Alwyn» ymddeol.
Rhaid canmol «Betsan Llwyd».
Llongyfarchiadau i «Siriol» ar ei gwaith.
Esboniodd «Ffion» a «Mohamed» bopeth yn y ddwy iaith.
Rhywun o'r enw «Dewi» neu «Deio» atebodd.
Mae fy wyres «Nel» wrth ei bodd yn y llyfrgell.
«Eifion» ddaeth â'r bin newydd.
A fyddech cystal â dweud wrth «Lona» fod y boeler yn gweithio?
Ni fu «Gwilym Prys-Davies» yn gwrtais o gwbl.
Cyfeiriwyd fi at Ms «Oyelaran», a fu'n wych.
Hen dro bod «Sera» wedi gadael.
Beth ddigwyddodd i «Arthur» o'r adran briffyrdd?
Awgrymodd «Pádraig» y dylwn ysgrifennu atoch.
Trefnodd «Ceinwen» bopeth mewn chwinciad.
Croesawodd «Iolo» ni wrth y drws.
""".strip().splitlines()

# Written last, after every rule stood.
UNSEEN = """
Rhaid i mi ddiolch i «Medwyn» am drefnu'r cyfan.
Does neb tebyg i «Lowri» yn y swyddfa acw.
Daeth «Gwyn Parry» heibio i weld y llwydni.
Cefais fy nhrin yn wael gan «Nigel».
Roedd llais «Cerian» ar y ffôn yn gysur mawr.
Cadwodd «Idris» at ei air.
Collodd Mrs «Nwosu» fy ngwaith papur ddwywaith.
«Meinir», rwyt ti'n angel!
«Gruff» oedd yr unig un a gymerodd ddiddordeb.
Os gwelwch «Aneurin», dywedwch fod y drws yn iawn rŵan.
Mae «Dyfrig» a'i dîm wedi gweddnewid y parc.
Gan «Hanna» y ces i'r ateb o'r diwedd.
Bu «Eirian» yn gefn i ni drwy'r cyfan.
Hoffwn enwebu «Tanwen» am wobr.
Chwarae teg i «Gari», fe ffoniodd yn ôl.
Y person atebodd oedd «Mihaela».
Ddywedodd «Rhodri» ddim gwir wrthym.
Gan Ms «Begum» yn unig y cefais barch.
diolch yn fawr i «cerys» a «tomos»
diolch i «huw» o'r adran dreth
siaradais â «krystyna», neis iawn
enw fi yw «sion rees» a wi'n grac
gyda «angharad» ges i sgwrs, hollol lyfli
odd «bethan» ar y desg yn ffab
nath «mohamed» helpu fi lot
Enw'r swyddog oedd «Jamila».
Fy enw i yw «Elfyn Pugh» ac rwy'n byw ar fy mhen fy hun.
Enwau'r plant yw «Cadi» a «Macsen».
Mae fy mrawd «Gwilym» mewn cartref gofal.
Mae fy ŵyr, «Ianto», yn dechrau ym mis Medi.
Hunodd fy chwaer «Olwen» ym mis Mawrth.
Roedd fy nain, «Kitty Lloyd», yn 94.
Fi yw gofalwr Mr «Arwyn Thomas».
Yn ddiffuant, «Eleri Madoc»
Cofion caredig, «Beryl»
Nadolig llawen gan «Gwenda»
O: «Rhys Glyn»
Mae tenant drws nesaf, «Craig», yn taflu sbwriel i'r ardd.
Mae plant Mrs «Eynon» yn swnllyd.
Cariodd «Ifan» y bagiau at y car i mi.
Eisteddodd «Delyth» gyda mi am awr.
Gwenodd «Ayesha» a dweud bore da yn Gymraeg.
Methodd Mr «Protheroe» â chadw'r apwyntiad.
Tawelodd «Seimon» fy meddwl.
Gofalodd «Blessing» am dad fel petai'n dad iddi hi.
Siomodd Cllr «Bebb» ni i gyd.
Ysgydwodd «Goronwy» fy llaw.
Pwysleisiodd Dr «Llŷr» fod angen brys.
Trosglwyddwyd fi at «Jolanta» a wedyn at «Kyle».
Cynghorwyd fi gan «Llinor» i apelio.
Penodwyd «Eurig» yn weithiwr cymdeithasol i mi.
«Sioned Haf» a'm helpodd.
«Geraint» ddaru drwsio'r giât.
«Wyn» ydi'r gorau sydd ganddoch chi.
«Carol» yn anghwrtais.
«Emrys» wedi addo, «Emrys» heb wneud dim.
«Nia Wyn», «Mari Fôn» a «Huw» - sêr.
Dim ateb gan «Leighton» ers tair wythnos.
Lol botes gan «Darren» eto.
Gwych iawn, «Awel»!
Cafwyd cymorth gan «Seren» wrth y drws.
Atebodd «Haf» yn y Gymraeg.
Mi oedd «Mai» yn hynod o glên.
Diolch i «Mae» am ei hamynedd.
Gadewais neges i «Dan» a chlywais i ddim.
Siaradwch â «Beth» neu «Pam» yn y dderbynfa.
Cefais lythyr gan «Eira Vaughan».
Mae «Glyn» ar ei wyliau eto!
Rhoddodd «Heulwen» wên ar fy wyneb.
Y Cynghorydd «Dafydd Meurig» addawodd hyn.
Mae'r Cynghorydd «Linda» o'r ward nesaf yn llawer gwell.
Cwynais wrth y rheolwr, «Stefan», heb lwc.
Yr athrawes, Miss «Ceiros», sydd ar fai.
Clywodd y llyfrgellydd «Buddug» fi'n cwyno.
DIOLCH O GALON I «EIRLYS»
MAE «GARETH» YN DDIGYWILYDD
Got through to «Menna», oedd yn lovely.
Ges i service da gan «Chloe» yn y gym.
Shout out i «Deio» yn y canolfan ailgylchu.
Yn ôl «Oksana» bydd yn costio mwy.
Efallai y gall «Tecwyn» egluro.
Ble mae «Steff» wedi mynd?
Anghofia i fyth garedigrwydd «Morfydd».
Tebyg i «Alun» roedd pawb arall: di-glem.
Trwy lwc roedd «Yasmin» yno.
""".strip().splitlines()
