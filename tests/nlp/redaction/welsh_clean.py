"""Comments in Welsh without personal data, as residents write them: the tuned on, and others that were kept apart."""

TUNED = """
Diolch yn fawr.
Gwych!
Gwasanaeth ardderchog, diolch o galon.
Mae'r staff yn gyfeillgar iawn ac yn barod i helpu.
Mae y staff yn gyfeillgar iawn.
Bu'n rhaid i mi aros awr ar y ffôn cyn cael ateb.
Roedd rhaid aros yn rhy hir i gael ateb.
Pam nad oes neb yn ateb y ffôn?
Beth yw'r pwynt o lenwi'r ffurflen os nad oes neb yn ei darllen?
Beth am agor y swyddfa ar ddydd Sadwrn?
Dan yr amgylchiadau roedd y gwasanaeth yn dda.
Allan o bob tair galwad dim ond un gafodd ei hateb.
Gall y wefan fod yn haws i'w defnyddio.
Ffoniais dair gwaith am y biniau a neb yn ffonio'n ôl.
Cefais fy nghadw ar y lein am ddeugain munud.
Casglwyd y sbwriel yn hwyr eto.
Ni chasglwyd y bin brown ers mis Mai.
Nid yw'r bws yn stopio yma mwyach.
mae treth y cyngor wedi codi eto a da ni'n cael llai
dwi wedi bod yn aros ers misoedd am dy newydd
dim yn hapus o gwbl efo'r gwasanaeth
diolch am bob dim
diolch i bawb yn y llyfrgell
Diolch i'r tîm tai am eu gwaith caled.
Diolch i chi gyd am fod mor glên.
Diolch am eich cymorth gyda'r cais am fathodyn glas.
Dw i'n byw yng Nghaerdydd ac mae'r ffyrdd yn warthus.
Symudais i Aberystwyth o Fangor ac roedd y broses yn hawdd.
Mae parcio yn ddrud ym Mhontypridd.
Does dim digon o lefydd parcio yn Ninbych.
Mae angen mwy o finiau ar draeth y Barri.
Roedd y daith o Gaernarfon i Landudno yn hir.
Ysgol Gyfun Bro Pedr sydd orau.
Mae Ysgol Glan Clwyd yn llawn.
Roedd y ganolfan hamdden yn fudr ac yn oer.
Dylai'r Cyngor wrando ar drigolion Ynys Môn.
Mae Cyngor Sir Gâr wedi anghofio amdanom ni yn y Rhondda.
Hoffwn gael gwasanaeth yn Gymraeg.
Nid oedd neb yn siarad Cymraeg yn y dderbynfa.
Roedd popeth yn Saesneg er i mi ofyn am Gymraeg.
Siaradais â rhywun oedd yn gwybod dim.
Siaradais gyda'r swyddog treth ac roedd hi'n gwrtais.
Siarades i â menyw neis iawn.
Mi wnes i siarad efo rhywun clên ar y ffôn.
Nes i ffonio ddoe a ges i ateb yn syth.
O'n i'n meddwl bod y wefan yn dda iawn.
Sa i'n deall pam bod e'n cymryd mor hir.
Rodd y boi ar y ffôn yn lyfli, chwarae teg.
Popeth yn iawn, dim cwynion.
Dim byd i'w ddweud.
dim sylw
Iawn
Da iawn chi!
Ardderchog o'r dechrau i'r diwedd.
Anfonais e-bost ond chefais i ddim ymateb.
Gofynnais am alwad yn ôl ond ni ddaeth.
Dywedodd y swyddog y byddai rhywun yn galw ond ni ddaeth neb.
Aeth pedair wythnos heibio heb air.
Cymerodd chwe mis i drwsio'r to.
Gwnaeth y gofalwyr bopeth i helpu fy mam.
Mae fy mab yn anabl ac mae angen cludiant i'r ysgol.
Cafodd fy merch le yn yr ysgol feithrin yn syth.
Mae mam yn 86 ac yn byw ar ei phen ei hun.
Mae'r Dreth Gyngor yn rhy uchel.
Treth Cyngor yn rhy ddrud
Y Gwasanaeth Gorau Erioed
Bore da, hoffwn ddweud pa mor falch ydw i.
Helo, doeddwn i ddim yn hapus.
Cofion cynnes
Gwasanaeth gwael iawn, neb yn gwrando.
GWASANAETH GWARTHUS
NEB YN ATEB Y FFON
Staff were lovely, diolch yn fawr iawn.
Da iawn, very helpful staff and the wefan is easy to use.
Roedd y call centre yn brilliant, sorted mewn deg munud.
Mae'r recycling yn confusing, bins gwahanol bob wythnos.
Rhowch fwy o arian i'r llyfrgelloedd.
Trwsiwch y tyllau yn y ffordd os gwelwch yn dda.
Peidiwch â chau'r pwll nofio.
Gwrandewch ar y bobl leol!
Ym mis Medi cafodd y bws ei ganslo ac ym mis Tachwedd yr un peth.
O Ebrill ymlaen bydd rhaid talu.
Llun i Gwener yn unig mae'r swyddfa ar agor.
Mae'r goleuadau stryd ar Heol y Bont wedi torri.
Ffordd Penglais yn beryglus iawn i gerddwyr.
Wedi cael profiad da ar y cyfan.
Byddai'n well cael person go iawn yn lle peiriant.
Hawdd cael gafael arnoch chi.
Trist gweld y lle yn cau.
Ar ôl tri chais ces i'r bathodyn o'r diwedd.
Er gwaethaf popeth, cefais ateb clir.
Doedd y ferch ar y ddesg ddim yn gwybod beth i'w wneud.
Gan fod y lifft wedi torri ni allwn fynd i mewn.
Cysylltais â'r adran gynllunio droeon.
Mae Cymru yn haeddu gwell.
Mae'n siom gweld yr Eisteddfod heb gefnogaeth.
Bues i'n trio cael apwyntiad am bythefnos a doedd dim i'w gael.
Ces fy mhasio o un adran i'r llall fel parsel.
Ma'r hewl tu fas i'r tŷ yn llawn tylle.
So'r bins wedi cael 'u casglu ers sbel.
Odd y fenyw yn neis ond do'dd hi ddim yn gwbod yr ateb.
Ron i'n disgwl gwell a bod yn onest.
Ddaru neb ateb am hanner awr.
Gesh i sioc pan welish i'r bil.
Nath y cyngor ddim byd am y sŵn.
Tydi o ddim yn deg ar bensiynwyr.
Be di'r pwynt talu?
Llongyfarchiadau i'r llyfrgell ar ei phen-blwydd.
Rhagorol ym mhob ffordd.
Prydlon, cwrtais ac effeithlon.
Cwrtais iawn.
Anobeithiol.
Hollol warthus!!!
Neb yn gwybod dim, pawb yn beio'i gilydd.
Siomedig nad oedd modd talu ag arian parod.
Trefnwyd ymweliad ond ni ddaeth y peiriannydd.
Derbyniais lythyr uniaith Saesneg er fy mod wedi gofyn am un Cymraeg.
Collwyd fy nghais dair gwaith.
Gwrthodwyd fy nghais heb reswm.
Arhosais dri chwarter awr.
Llenwais y ffurflen ar-lein yn ddidrafferth.
Cyrhaeddodd y bathodyn o fewn wythnos.
Ysgubwch y strydoedd yn amlach os gwelwch yn dda.
Caewch y pot nos, neu agorwch y toiledau!
Buasai'n dda cael biniau mwy.
Oni bai am y gwirfoddolwyr byddai'r lle wedi cau.
Trodd y profiad yn hunllef.
Rwyf yn fodlon iawn ar y gwasanaeth a gefais.
Yn anffodus, mae'r system ffôn yn drysu pobl hŷn.
Yn fy marn i, dylid cadw'r ysgol ar agor.
Mae fy nhad yn fyddar ac ni all ddefnyddio'r ffôn.
Mae fy ngŵr yn y gadair olwyn a doedd y lifft ddim yn gweithio.
Gwych o beth yw gallu siarad Cymraeg â'r Cyngor.
Diolch i Gyngor Gwynedd am y gwasanaeth.
Diolch i Dŵr Cymru am ddim byd.
Parc Cathays, Heol y Gogledd, mae'r tyllau ym mhob man.
Mae Llyfrgell Pen-y-bont yn ardderchog.
Ar Stryd Fawr Porthmadog mae'r broblem waethaf.
Dim bws o Lanberis i Fethesda ar ôl chwech.
Rwy'n byw ym Mhenrhyndeudraeth ac mae pawb yn flin.
Cefais apwyntiad yn Ysbyty Gwynedd drwy'r gweithwyr cymdeithasol.
Roedd parti Calan Gaeaf y llyfrgell yn hwyl.
Mae Eryri dan ei sang yn yr haf a neb yn casglu'r sbwriel.
Nadolig diwethaf doedd dim casgliad am dair wythnos.
Hydref, gaeaf, gwanwyn, haf: yr un twll yn yr un ffordd.
Band eang gwael, methu llenwi'r ffurflen.
Very good, diolch.
Thank you, diolch yn fawr iawn am bopeth.
The staff at Canolfan Gorseinon were great, gwych iawn.
Wedi trio ffonio like ugain gwaith, absolute joke.
Ges i email yn ôl straight away, chwarae teg.
Y staff yn grêt, y building yn oer.
Parcio'n hunllef; palmentydd yn beryg bywyd i'r henoed.
5/5, wnes i ddim disgwyl ateb mor gyflym.
Mae 'na ormod o lol efo'r cyfrineiriau 'ma.
Ga i awgrymu mwy o staff dros ginio?
Pleser pur oedd delio â'r adran drwyddedu.
Aeth fy nghais ar goll rhwng dwy swyddfa.
Doedd y sawl atebodd y ffôn ddim yn deall fy acen.
Mi fuaswn i'n argymell y gwasanaeth i unrhyw un.
Bythefnos yn ddiweddarach roedd y twll yn dal yno.
Yr unig beth da oedd y coffi.
Ar ôl ymddeol dwi'n defnyddio'r bws bob dydd, a dwi'n gweld ei eisiau ar y Sul.
Mae'r goleuadau Nadolig yn wastraff arian llwyr.
Methais â dod o hyd i'r ffurflen ar y wefan.
Eglurwyd popeth i mi yn glir ac yn araf.
Gallech wneud yn well o lawer.
Ces i fy synnu o'r ochr orau!
Rhagor o finiau baw cŵn plis.
Hyfforddwch eich staff sut i siarad â phobl fyddar.
Pryd mae'r ysgol newydd yn agor?
Sut mae disgwyl i bobl hŷn dalu ar-lein?
Faint yn hirach sydd raid disgwyl?
Clywais yr un gân drosodd a throsodd am dri chwarter awr.
Pwysais bob botwm a methu cyrraedd person go iawn.
Diffoddwyd y golau stryd y tu allan i'm tŷ ym mis Ionawr.
Mae'r ddraenen ddu yn tyfu dros y llwybr ger yr afon.
Cefais ddirwy er bod gen i docyn dilys.
Ffrae fawr am ddim byd, ond datryswyd hi'n sydyn.
Sylwais fod y graffiti wedi mynd. Da iawn wir.
Dim ond canmoliaeth sydd gen i i'r criw casglu.
Y criw bins, chwarae teg, byth yn methu.
Gormod o jargon yn eich llythyrau.
Anghofiwyd am ein stryd ni unwaith eto.
Neis iawn, neis iawn.
Iawn am wn i.
Methu cwyno.
Gwasanaeth salw.
dim problem o gwbwl
popeth yn grêt diolch
ddim yn siŵr eto
heb gael ateb
wedi aros 3 wythnos am fin newydd a dal dim sôn amdano
pam bod rhaid talu am fin gwyrdd???
sneb yn codi'r ffôn ar ôl 4
dwi di cal llond bol ar y cyngor ma
ma nhw di anghofio am bobl cefn gwlad
o leia ma'r llyfrgell dal ar agor
odd popeth yn iawn da fi, diolch
sai'n gwbod wir
Wes rhywun yn darllen y sylwade 'ma?
Hoffwn weld mwy o fysiau rhwng Aberaeron a Llambed.
Mae traffig Caernarfon yn ofnadwy bob haf.
O Fynwy i Fôn, yr un yw'r gŵyn.
Caewyd y toiledau yng Nghricieth a does unman arall.
Nid oes meddyg yn Nhregaron bellach.
Teithiais o Ruthun i Wrecsam dim ond i gael stamp.
Roedd Neuadd y Ddinas yn anodd ei chyrraedd.
Diolch i Ganolfan Gymunedol Penygroes.
Ysgol Uwchradd Bodedern: to yn gollwng ers dwy flynedd.
Mae'r Ganolfan Ailgylchu ar Ffordd Caergybi wastad yn orlawn.
Ward Glaslyn, adran frys: neb yn siarad Cymraeg.
Traeth Coch oedd yn fudr.
Pasg a'r Sulgwyn, dim casgliad.
Bob dydd Iau mae'r lorri'n dod am bump y bore!
Gorffennaf oedd hi pan ofynnais gyntaf.
Cynhaliwyd Gŵyl y Banc heb ddim plismona.
Bu Cyngor Ceredigion yn gefnogol tu hwnt.
Mae Dŵr Cymru a'r Cyngor yn beio'i gilydd.
Roedd Heddlu De Cymru yn gyflymach na chi.
Ysgrifennais at Lywodraeth Cymru hefyd.
Gwelais bost ar Facebook am y casgliad.
Lawrlwythais yr ap ond nid yw'n gweithio ar iPhone.
The Welsh version of the form says 'Cyflwyno' but nothing happens when you click.
Lovely welcome in Welsh: bore da a chroeso!
Staff helpful iawn, parking yn nightmare.
Rili hapus efo'r new kitchen, diolch yn fawr.
Oedd y website yn down trwy'r penwythnos.
Fi'n lyfo'r gym newydd yn y leisure centre.
Siaradwch Gymraeg â ni!
Chwarter wedi naw ac roedd y drws ar glo.
Cadwch i fynd, rydych yn gwneud gwaith gwych.
Os gwelwch yn dda ystyriwch bobl anabl.
Fy awgrym: agorwch ar nos Fercher.
Cwestiwn sydd gen i, nid cwyn.
Mewn gair: gwarthus.
Rhwng popeth, profiad annymunol.
Teimlais fy mod yn cael fy nhrin fel plentyn.
Gwrandawyd arnaf o'r diwedd.
Ymddiheurodd y rheolwr am yr oedi.
Parchais eu gonestrwydd er nad oeddwn yn cytuno.
""".strip().splitlines()

# Written last, after every rule stood.
UNSEEN = """
Enillodd y parc newydd fy nghalon.
Gyrrais bob cam i'r Wyddgrug a'r swyddfa ar gau.
Crëwyd llanast llwyr gan y contractwyr.
Does gen i ddim gair drwg i'w ddweud.
Tynnwyd fy nghar i ffwrdd er bod trwydded ar y ffenest.
Rwy'n ddall a doedd dim fersiwn braille ar gael.
Maen nhw'n gwneud eu gorau glas dan bwysau aruthrol.
Pob clod i'r gweithwyr sbwriel ym mhob tywydd.
Torrwch y gwair ar y gylchfan, mae'n beryglus.
Rhoddais y gorau iddi ar ôl awr.
Esgeuluswyd y fynwent ers blynyddoedd.
Atebwyd pob cwestiwn oedd gen i.
Hir yw pob aros, medden nhw.
Syml a sydyn.
Cyflym, clir, Cymraeg!
Ymateb cadarnhaol dros ben.
Ddim cystal ag y bu.
Lle mae'r arian i gyd yn mynd?
Pwy sy'n gyfrifol am y draeniau?
A oes modd cael bin arall?
Onid yw'n bryd trwsio'r bont?
Ers i'r siop gau does unman i brynu bara.
Er eu bod yn brysur roedden nhw'n serchus.
Hyd yn hyn mae popeth wedi bod yn hwylus.
Tybed a fyddai modd agor yn gynt?
Credaf fod y drefn bresennol yn annheg.
Gobeithio y bydd pethau'n gwella.
Cytunaf â'r newid i finiau tair wythnos.
Mynnais gael siarad â goruchwyliwr.
Byddwn yn hoffi cael gwybod beth yw'r cam nesaf.
Trefi bach yn cael eu hanghofio fel arfer.
Caerdydd sy'n cael popeth, y gogledd yn cael briwsion.
Mae Sir Benfro yn haeddu gwell ffyrdd.
Symudon ni o Lundain i Aberteifi y llynedd.
Yn Llanybydder does dim band eang call.
Dau fws y dydd sydd o Grymych i Hwlffordd.
Tafarn y Fic wedi cau, nawr y llyfrgell hefyd.
Mae llwybr yr arfordir yn Llangrannog wedi disgyn i'r môr.
Canolfan Hamdden Plas Madoc: cawodydd oer eto.
Roedd y gwasanaeth yn Amlosgfa Bangor yn urddasol.
Diolch i Lyfrgell Genedlaethol Cymru am yr arddangosfa.
Cysylltwyd â Chyngor Bro Morgannwg ar fy rhan.
Mae Stryd y Castell yn dywyll fel bol buwch.
Glaw mawr mis Chwefror a'r ffos wedi blocio.
O fis Hydref ymlaen dim ond ar ddydd Mercher maen nhw'n casglu.
Dydd Gŵyl Dewi ac roedd y dderbynfa ar gau.
Cinio ysgol am ddim, syniad bendigedig.
Llai o siarad, mwy o wneud.
Y peth gwaethaf oedd y gerddoriaeth.
Staff clên, system hynafol.
Dwi'n talu fy nhreth ac yn cael dim byd amdani.
dwi methu coelio'r peth
o'n i'n disgwyl yn hir ofnadwy ond o leia ges i ateb
gwych, daliwch ati
dim bins ers pythefnos, drewi
mam fi'n methu cerdded a ma nhw di gwrthod bathodyn glas iddi
di o ddim yn iawn bod ni'n gorfod talu
sa chi'n gallu ateb y ffôn weithia
es i mewn a odd neb yna
so nhw'n becso dam
ma isie mwy o seddi yn y dre
shwd ma cael gafael ar rywun te?
wi'n hapus gyda phopeth
jyst isho deud diolch
Heb os, y profiad gorau erioed gyda'r cyngor.
Llawer rhy gymhleth i rywun fel fi.
Diolchaf i bawb a helpodd.
Sbwriel dros y lle i gyd fore Llun.
Gwnaed addewidion ond ni chadwyd yr un ohonynt.
Rhyw dro fe gawn ni balmant, efallai.
Ofnaf y bydd rhywun yn cael ei ladd ar y groesffordd.
Clyw, gwrando a gweithredu: dyna sydd ei angen.
Prin iawn yw'r cyfleoedd i bobl ifanc.
Gwaith da, daliwch ati bawb.
Brysiwch, mae'r to ar fin syrthio!
Bechod fod y caffi wedi cau.
Chwech o'r gloch y bore yn rhy gynnar i gasglu gwydr.
Fel gofalwr di-dâl, does neb yn fy nghlywed.
The bilingual signs are great, da iawn, but the app isn't.
Called twice, then finally got rhywun oedd yn siarad Cymraeg.
Staff yn friendly a professional bob tro.
Y tro cyntaf i mi gael ateb same day.
Mae'r online form yn crashio o hyd.
Sent an email a dim reply.
Siop Un Stop yn ardderchog.
Tîm Priffyrdd, cywilydd arnoch chi.
""".strip().splitlines()
